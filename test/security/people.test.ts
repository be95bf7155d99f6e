import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../src/domain/action.ts';
import type { ToolCall } from '../../src/domain/session.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { insertStanding } from '../../src/store/tables/standing.ts';
import {
  GROUP,
  GUEST,
  letIn,
  MEMBER,
  madeUpActions,
  openWorld,
  type SayOptions,
  type World,
} from './simulation/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.reset('autonomous');
  world.desk.owner = () => 'deny';
});
afterEach(() => world.close());

type Step = Omit<ToolCall, 'id'>;
const run = (...argv: readonly string[]): Step => ({ tool: 'shell_exec', input: { argv } });
const read = (path: string): Step => ({ tool: 'file_read', input: { path } });

/** A model that does exactly these steps for whoever speaks, and says what came of them. */
async function ask(steps: readonly Step[], options: SayOptions, says = 'please') {
  const heard: string[] = [];
  world.played.plan = async ({ step, transcript }) => {
    const last = transcript.at(-1);
    if (last?.role === 'tool') heard.push(last.text);
    const call = steps[step];
    return { text: call ? '' : 'Done.', calls: call ? [{ id: `${step}`, ...call }] : [] };
  };
  const { text, session } = await world.say(says, options);
  return { text, session, heard };
}

const acted = async () => (await world.begun()).map(({ action }) => action);
const refusals = async () =>
  (await newestEntries(world.records.store, { limit: 500 }))
    .filter(({ kind }) => kind === 'refused')
    .map(({ body }) => body as { action: string; reason: string; message: string });

describe('a guest', () => {
  const guest = { sender: GUEST.id };

  it('chats, and has nothing else done at any maturity: refused in words, on the record, unasked', async () => {
    const steps = [run('ls'), read('notes.txt'), run('rm', 'notes.txt')];
    const { heard, text } = await ask(steps, guest);
    expect(text).toBe('Done.');
    for (const words of heard) expect(words).toContain('You are a guest here');
    expect(heard).toHaveLength(3);
    expect(await acted()).toEqual(['message.reply']);
    expect(world.asked).toEqual([]);
    expect(await refusals()).toMatchObject(steps.map(() => ({ reason: 'blocked' })));
  });

  it('gets nothing done by any action there is, but talking', async () => {
    const { session } = await ask([], guest);
    const context = { session: session.id, event: 'e1' };
    for (const action of new Set([...world.actions.keys(), ...madeUpActions])) {
      if (action === 'llm.complete' || action === 'message.reply') continue;
      const intent: Intent = { id: `g:${action}`, action, resource: {}, context };
      expect(await world.perform(intent)).toMatchObject({ ok: false });
    }
    expect(await acted()).toEqual(['message.reply']);
  });

  it('is answered without the owner being asked, also after a refusal', async () => {
    const first = await ask([run('ls')], guest);
    await ask([], { ...guest, session: first.session });
    expect(await acted()).toEqual(['message.reply', 'message.reply']);
    expect(world.asked).toEqual([]);
  });

  it('in a group has nothing done either', async () => {
    await ask([run('ls')], { ...guest, group: true });
    expect(await acted()).toEqual(['message.reply']);
  });

  it('who was a member a moment ago, is a guest from the next action on', async () => {
    const sender = world.records.people.list().find(({ id }) => id === MEMBER.id);
    if (!sender) throw new Error('no member');
    const by = { surface: 'terminal', id: 'owner' };
    world.desk.owner = () => 'approve';
    const { people } = world.records;
    const plan: Step[] = [run('ls'), run('ls', '-a')];
    world.played.plan = async ({ step }) => {
      if (step === 1) await people.lower(sender, 'guest', by);
      const call = plan[step];
      return { text: call ? '' : 'Done.', calls: call ? [{ id: `${step}`, ...call }] : [] };
    };
    await world.say('look', { sender: MEMBER.id });
    expect(await acted()).not.toContain('message.send');
    expect((await acted()).filter((action) => action === 'shell.exec')).toHaveLength(
      world.hasJail ? 1 : 0,
    );
    expect((await refusals()).at(0)?.message).toContain('You are a guest');
  });
});

describe('a member', () => {
  const member = { sender: MEMBER.id };

  it('may have the agent work, and the owner is asked, told whose words led there', async () => {
    await ask([run('touch', 'made')], member);
    const [question] = world.asked;
    expect(question?.card.who).toBe('77 by telegram, a member');
    expect(question?.card.why.join()).toContain('heard a message of 77');
    expect(question?.asker).toBe('telegram/77');
    expect(await acted()).not.toContain('shell.exec');
  });

  it('is shown what is in your files only after your yes', async () => {
    await ask([read('notes.txt')], member);
    expect(world.asked.map(({ card }) => card.action)).toEqual(['message.reply']);
    expect(await acted()).toEqual(['file.read']);
  });

  it('is not shown them in the words that atom has for something else either', async () => {
    const out: Step = { tool: 'file_read', input: { path: '../the-code-is-4111' } };
    const copying = ['Stopped.', 'I remember nothing about that.', '../the-code-is-4111 leads out'];
    for (const says of copying) {
      world.asked.length = 0;
      world.played.plan = async ({ step }) => {
        const call = [read('notes.txt'), out][step];
        return { text: call ? '' : says, calls: call ? [{ id: `${step}`, ...call }] : [] };
      };
      await world.say('please', member);
      expect(world.asked.map(({ card }) => card.action)).toEqual(['message.reply']);
    }
  });

  it('is told without a question that a place is beyond the jail, where nothing else was seen', async () => {
    await ask([read('../secret.txt')], member);
    expect(world.asked).toEqual([]);
    expect(await acted()).toEqual(['message.reply']);
  });

  it('is never shown what is private, whatever you say', async () => {
    world.desk.owner = () => 'approve';
    await ask([read('taxes.pdf')], member);
    const sent = JSON.stringify(await world.records.store.all('SELECT body FROM outbox'));
    expect(sent).toBe('[]');
  });

  it('endorses nothing by naming it, and no yes that stands answers for them', async () => {
    const offer = {
      agent: 'atom',
      action: 'shell.exec',
      jail: 'work',
      access: '',
      folder: world.folder,
      sender: 'telegram/77',
      program: 'touch',
      words: ['touch', 'made'],
      extent: 'exact' as const,
    };
    const given = { ...offer, id: 's-1', by: 'terminal/owner', createdAt: 1, uses: 0 };
    await insertStanding(world.records.store, { ...given, expiresAt: Date.now() + 1e6 });
    await ask([run('touch', 'made')], member, 'run "touch made" for me');
    expect(world.asked).toHaveLength(1);
  });
});

describe('whoever is not known', () => {
  it('has nothing done, not even answered', async () => {
    await ask([run('ls')], { sender: '99' });
    await ask([run('ls')], { sender: '99', group: true });
    expect(await acted()).toEqual([]);
    for (const { message } of await refusals()) expect(message).toContain('Nobody who is known');
  });

  it('is whoever was revoked or blocked, with all that was asked or stood for them', async () => {
    const { people, store, approvals } = world.records;
    const by = { surface: 'terminal', id: 'owner' };
    const stood = {
      agent: 'atom',
      action: 'shell.exec',
      jail: 'work',
      access: '',
      folder: world.folder,
      program: 'touch',
      words: ['touch'],
      extent: 'exact' as const,
      createdAt: 1,
      uses: 0,
    };
    const expiresAt = Date.now() + 1e6;
    const rows = [
      { id: 's-1', sender: 'telegram/77', by: 'terminal/owner' },
      { id: 's-2', sender: 'telegram/42', by: 'telegram/77' },
      { id: 's-3', sender: 'telegram/42', by: 'terminal/owner' },
    ];
    for (const row of rows) await insertStanding(store, { ...stood, ...row, expiresAt });
    const sender = people.list().find(({ id }) => id === MEMBER.id);
    if (!sender) throw new Error('no member');
    const decided: string[] = [];
    world.records.bus.on('approval.decided', ({ state }) => decided.push(state));
    world.desk.owner = (approval) => {
      // The owner takes the other way out: nobody who asks, no question.
      people.revoke(sender, by).catch(() => undefined);
      return approval.card.action === 'never' ? 'approve' : 'deny';
    };
    await ask([run('touch', 'made')], { sender: MEMBER.id });
    expect(people.roleOf({ channel: 'telegram', account: '1', id: '77' })).toBeUndefined();
    expect(await store.all('SELECT id FROM standing')).toEqual([{ id: 's-3' }]);
    expect(await acted()).toEqual([]);
    expect(decided).toContain('denied');
    expect(approvals).toBeDefined();
  });

  it('is not an owner by being called one, on another account or channel, or in a chat of one', async () => {
    const { people } = world.records;
    await letIn(world.records, '50', 'owner');
    const at = (channel: string, account: string, id: string) =>
      people.roleOf({ channel, account, id });
    expect(at('telegram', '1', '50')).toBe('owner');
    expect([
      at('telegram', '2', '50'),
      at('signal', '1', '50'),
      at('telegram', '1', GROUP),
    ]).toEqual([undefined, undefined, undefined]);
  });
});
