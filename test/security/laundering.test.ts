import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windowOf } from '../../src/assembly/window.ts';
import type { ToolCall } from '../../src/domain/session.ts';
import { allTaints, putTaint } from '../../src/store/tables/taints.ts';
import { conversation } from '../../src/store/tables/transcript.ts';
import { openWorld, type SayOptions, type World } from './simulation/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.reset('supervised');
  world.desk.owner = () => 'approve';
});
afterEach(() => world.close());

type Step = Omit<ToolCall, 'id'>;
const write = (path: string, content = 'x'): Step => ({
  tool: 'file_write',
  input: { path, content },
});
const read = (path: string): Step => ({ tool: 'file_read', input: { path } });
const run = (...argv: readonly string[]): Step => ({ tool: 'shell_exec', input: { argv } });

/** One conversation of its own; resolves to the label of what each step gave back. */
async function talk(steps: readonly Step[], options: SayOptions = {}, says = 'do it') {
  world.played.plan = async ({ step }) => {
    const call = steps[step];
    return { text: call ? '' : 'Done.', calls: call ? [{ id: `${step}`, ...call }] : [] };
  };
  const { session } = await world.say(says, options);
  const entries = await conversation(world.records.store, session.id);
  return entries.flatMap(({ item, labels, source }) =>
    item.role === 'tool' ? [{ ok: item.ok, text: item.text, source, ...labels }] : [],
  );
}

const strangers: SayOptions = { wordsOf: 'forwarded from “News”' };
const tainted = async (): Promise<readonly string[]> =>
  (await allTaints(world.records.store)).map(({ path }) => path.slice(world.folder.length + 1));

describe('words of strangers that went through a file', () => {
  it('are still theirs in another conversation, and the card says which file', async () => {
    await talk([write('plan.txt')], strangers);
    const [seen] = await talk([read('plan.txt')]);
    expect(seen).toMatchObject({ integrity: 'untrusted', source: 'plan.txt' });
    world.asked.length = 0;
    await talk([read('plan.txt'), run('mkdir', 'made')]);
    expect(world.asked.map(({ card }) => card.why)).toEqual([['this turn has read plan.txt']]);
  });

  it('are not those of the files beside it', async () => {
    await talk([write('plan.txt')], strangers);
    const all = await talk([read('notes.txt'), run('cat', 'notes.txt'), run('ls', 'src')]);
    expect(all.map(({ integrity }) => integrity)).toEqual(['local', 'local', 'untrusted']);
    const [there] = await talk([run('wc', '-l', 'src/main.ts')]);
    expect(there).toMatchObject({ ok: true, integrity: 'local' });
  });

  it.each([
    ['its name in a listing', { tool: 'file_list', input: {} }],
    ['a command that names it', run('cat', 'plan.txt')],
    ['a command that may come upon it', run('grep', '-r', 'x', '.')],
    ['a way around its name', run('cat', '/proc/self/cwd/plan.txt')],
  ])('stay theirs through %s', async (_, step) => {
    await talk([write('plan.txt')], strangers);
    expect((await talk([step]))[0]).toMatchObject({ ok: true, integrity: 'untrusted' });
  });

  it.each([
    ['copied', run('cp', 'plan.txt', 'copy.txt')],
    ['renamed', run('mv', 'plan.txt', 'copy.txt')],
    ['linked', run('ln', 'plan.txt', 'copy.txt')],
    ['packed', run('tar', '-cf', 'copy.txt', 'plan.txt')],
  ])('stay theirs where the owner’s own conversation had the file %s', async (_, step) => {
    await talk([write('plan.txt')], strangers);
    expect((await talk([step]))[0]?.ok).toBe(true);
    expect((await talk([read('copy.txt')]))[0]).toMatchObject({ integrity: 'untrusted' });
    expect((await talk([read('notes.txt')]))[0]).toMatchObject({ integrity: 'local' });
  });

  it('leave their label on what a command wrote for them, and nothing else', async () => {
    await talk([run('cp', 'data.csv', 'src/new.csv'), run('mkdir', 'dir')], strangers);
    expect(await tainted()).toEqual(['dir', 'src/new.csv']);
  });

  it('leave their label on a repository as one thing', async () => {
    await talk([run('git', 'add', 'notes.txt')], strangers);
    expect(await tainted()).toEqual(['.git']);
    expect((await talk([run('git', 'status')]))[0]).toMatchObject({ integrity: 'untrusted' });
  });

  it('leave their label on what a skill writes, whoever asked for it', async () => {
    world.played.skill = () => {
      writeFileSync(join(world.folder, 'src/sorted.txt'), 'sorted');
      return { ok: true, value: 'ok' };
    };
    await talk([{ tool: 'skill_organize', input: {} }]);
    expect(await tainted()).toEqual(['src/sorted.txt']);
    expect((await talk([read('src/sorted.txt')]))[0]?.integrity).toBe('untrusted');
  });

  it('are gone once the file is, or the owner’s own conversation wrote it anew', async () => {
    await talk([write('plan.txt'), write('other.txt')], strangers);
    rmSync(join(world.folder, 'plan.txt'));
    expect((await talk([run('grep', '-r', 'milk', '.')]))[0]?.integrity).toBe('untrusted');
    await talk([write('other.txt', 'mine')]);
    expect((await talk([run('grep', '-r', 'milk', '.')]))[0]?.integrity).toBe('local');
    expect((await talk([read('other.txt')]))[0]?.integrity).toBe('local');
  });

  it('leave their label on the whole jail where a crash left a command unfinished', async () => {
    const labels = { integrity: 'untrusted', confidentiality: 'private' } as const;
    await putTaint(world.records.store, { path: world.folder, run: 'e0:1', labels });
    expect((await talk([read('notes.txt')]))[0]).toMatchObject({ integrity: 'untrusted' });
  });
});

describe('what the owner marked private', () => {
  it('is a secret to whoever reads it, however it is read', async () => {
    const steps = [read('taxes.pdf'), run('cat', 'taxes.pdf'), read('letters/bank.txt')];
    for (const step of [...steps, { tool: 'file_list', input: { path: 'letters' } }])
      expect((await talk([step]))[0]).toMatchObject({ ok: true, confidentiality: 'secret' });
    expect((await talk([{ tool: 'file_list', input: {} }]))[0]?.confidentiality).toBe('private');
  });

  it('is hidden from every command that does not name it', async () => {
    const [seen] = await talk([run('grep', '-r', 'CANARY', '.')]);
    expect(seen).toMatchObject({ confidentiality: 'private' });
    expect(seen?.text).not.toContain('4111');
  });

  it('stays a secret in the file that a conversation about it wrote', async () => {
    await talk([read('taxes.pdf'), write('summary.txt')]);
    expect((await talk([read('summary.txt')]))[0]).toMatchObject({
      confidentiality: 'secret',
      source: 'summary.txt',
    });
  });

  it('is not told to a group, and everything else is', async () => {
    const replies = async (): Promise<number> =>
      (await world.records.store.all('SELECT body FROM outbox')).length;
    await talk([read('notes.txt')], { group: true });
    expect(await replies()).toBe(1);
    await talk([read('taxes.pdf')], { group: true });
    expect(await replies()).toBe(1);
    await talk([read('taxes.pdf')]);
    expect(await replies()).toBe(2);
  });
});

describe('the window of a turn', () => {
  const store = () => world.records.store;
  const agent = { principal: { kind: 'agent', id: 'atom' }, sees: 'conversation' } as const;

  it('is the worst there is where nobody knows the conversation', async () => {
    const worst = { integrity: 'untrusted', confidentiality: 'secret' };
    expect((await windowOf(store(), {}, agent)).labels).toEqual(worst);
    expect((await windowOf(store(), { session: 'made-up' }, agent)).labels).toEqual(worst);
    const system = { ...agent, principal: { kind: 'system', id: 'atom' } } as const;
    expect((await windowOf(store(), {}, system)).labels.integrity).toBe('owner');
  });

  it('holds only what the owner typed in this turn as said', async () => {
    world.played.plan = async () => ({ text: 'Done.', calls: [] });
    const { session } = await world.say('first.txt');
    await world.say('forwarded.txt', { ...strangers, session });
    await world.say('typed.txt', { session });
    const window = await windowOf(store(), { session: session.id, event: 'e3' }, agent);
    expect(window).toMatchObject({
      said: 'typed.txt',
      sources: ['a message of 42, forwarded from “News”'],
    });
    const turn = { ...agent, sees: 'turn' } as const;
    const context = { session: session.id, event: 'e3' };
    // An offer that was made on a stranger's words may be picked from by a number.
    expect((await windowOf(store(), context, turn)).labels.integrity).toBe('untrusted');
    const first = { session: session.id, event: 'e1' };
    expect((await windowOf(store(), first, turn)).labels.integrity).toBe('owner');
  });
});
