import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import { builtAtom } from '../cli/built.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { processesWith } from './stage/processes.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Stage {
  readonly profile: Profile;
  readonly gateway: GatewayProcess;
  readonly seat: Seat;
}

async function start(profile: Profile): Promise<Stage> {
  const gateway = await startGateway(profile);
  opened.push(gateway.kill);
  const seat = await takeSeat(profile);
  opened.push(seat.leave);
  return { profile, gateway, seat };
}

function newProfile(config: Partial<ConfigFile> = {}, env: Record<string, string> = {}): Profile {
  const profile = createProfile({ config, env });
  opened.push(profile.remove);
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  return profile;
}

async function withPhone(): Promise<Stage & { readonly phone: CrablinePeer }> {
  const phone = await startCrabline();
  opened.push(phone.close);
  const { apiRoot, token } = phone;
  const config = { channels: { telegram: { enabled: true, allow: ['42'], apiRoot } } };
  return { phone, ...(await start(newProfile(config, { TELEGRAM_BOT_TOKEN: token }))) };
}

/** A model that speaks for a long time when it is asked to tell all. */
async function withModel(): Promise<Stage & { readonly model: LLMock }> {
  const model = new LLMock({ port: 0, chunkSize: 4 });
  await model.start();
  opened.push(() => model.stop());
  model.onMessage('tell me all', { content: 'word '.repeat(2000) }, { latency: 20 });
  const models = { local: { baseUrl: `${model.url}/v1` } };
  return { model, ...(await start(newProfile({ model: 'local/test', models }))) };
}

const sent = (phone: CrablinePeer, text: string) =>
  until(`“${text}” on the phone`, async () =>
    (await phone.sentMessages()).find((message) => message.text.includes(text)),
  );

const verified = async (profile: Profile): Promise<number | null> =>
  (await atom(profile, ['audit', 'verify'])).code;

const kinds = (profile: Profile): readonly string[] =>
  profile.rows<{ kind: string }>('SELECT kind FROM audit ORDER BY seq').map(({ kind }) => kind);

const outputOf = ({ events }: Seat): string =>
  events.map((event) => (event.kind === 'output' ? event.text : '')).join('');

/** A program that keeps two processes busy, one of them in a session of its own, and never ends. */
const BUSY = `import os, time
if os.fork() == 0:
    os.setsid()
print("busy", flush=True)
while True:
    sum(range(100000))
`;

describe('a panic', () => {
  it('from the phone kills a command with all its children, and the halt outlives a restart', async () => {
    const { phone, profile, gateway, seat } = await withPhone();
    writeFileSync(join(profile.jail, 'busy.py'), BUSY);
    const mark = `mark-${newId()}`;
    await phone.inject(`run python3 busy.py ${mark}`);
    await seat.decide(await seat.asked(), 'approve', true);
    await until('both are busy', () => outputOf(seat).split('busy').length === 3);
    const inJail = () => processesWith(mark);
    expect(inJail().length).toBeGreaterThan(1);
    await phone.inject('/panic');
    await until('nothing of it left', () => inJail().length === 0);
    await sent(phone, 'Everything is halted since');
    const [run] = await until('the end of the run', () => {
      const rows = profile.rows<{ state: string }>(
        `SELECT state FROM run WHERE action = 'shell.exec' AND ended_at IS NOT NULL`,
      );
      return rows.length > 0 && rows;
    });
    expect(run?.state).toBe('failed');
    expect(kinds(profile).indexOf('halt.panic')).toBeLessThan(kinds(profile).indexOf('failed'));
    expect(profile.rows(`SELECT result FROM spool WHERE state = 'handled'`)).toEqual([
      { result: 'stopped' },
    ]);
    expect(await verified(profile)).toBe(0);

    await gateway.kill();
    const again = await start(profile);
    expect((await again.seat.gateway.request('status', {})).halted).toMatchObject({
      kind: 'halted',
      by: { surface: 'telegram', id: '42' },
    });
    for (const text of ['show me notes.txt', 'list files']) await phone.inject(text);
    await until(
      'both are kept',
      () => profile.rows(`SELECT id FROM spool WHERE state = 'waiting'`).length === 2,
    );
    await phone.inject('/resume');
    await sent(phone, 'Resume at the terminal');
    const told = (await phone.sentMessages()).filter(({ text }) => text.includes('is kept until'));
    expect(told).toHaveLength(1);
    expect((await phone.sentMessages()).some(({ text }) => text.includes('buy milk'))).toBe(false);

    expect(await again.seat.gateway.request('resume', {})).toMatchObject({ reason: 'needs-word' });
    expect(await again.seat.gateway.request('resume', { typed: true })).toMatchObject({ ok: true });
    await sent(phone, 'buy milk');
    expect(kinds(profile)).toContain('halt.resumed');
    expect(await verified(profile)).toBe(0);
  });

  it('denies what waits for a yes, in the name of whoever panicked, and ends the task', async () => {
    const { phone, profile, seat } = await withPhone();
    await phone.inject('make folder photos');
    const card = await seat.asked();
    await sent(phone, 'APPROVAL');
    await phone.inject('/panic');
    await sent(phone, `Denied by telegram 42`);
    expect(profile.rows('SELECT state FROM approval')).toEqual([{ state: 'denied' }]);
    expect(await seat.decide(card, 'approve')).toMatchObject({ ok: false });
    await sent(phone, 'Stopped: Everything is halted');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    expect(
      profile.rows<{ text: string }>('SELECT text FROM feed WHERE about IS NULL')[0]?.text,
    ).toContain('Everything is halted');
  });

  it('is heard at the terminal while a model speaks, and the model is cut off', async () => {
    const { profile, seat } = await withModel();
    const event = await seat.say('tell me all');
    await until('the first words', () => seat.events.some(({ kind }) => kind === 'output'));
    expect(await seat.ask('/panic')).toContain('Everything is halted since');
    expect(await seat.answerTo(event)).toContain('Stopped: Everything is halted');
    expect(
      profile.rows(`SELECT state FROM run WHERE action = 'llm.complete' AND ended_at IS NOT NULL`),
    ).toEqual([{ state: 'failed' }]);
    expect(await verified(profile)).toBe(0);
  });

  it('reaches every turn while all hands are full, and the rest is kept', async () => {
    const { model, profile, seat } = await withModel();
    writeFileSync(join(profile.jail, 'busy.py'), BUSY);
    const mark = `mark-${newId()}`;
    const argv = ['python3', 'busy.py', mark];
    const call = { name: 'shell_exec', arguments: JSON.stringify({ argv }) };
    model.on({ userMessage: 'crunch', hasToolResult: false }, { toolCalls: [call] });
    await seat.say('crunch');
    await seat.decide(await seat.asked(), 'approve', true);
    await until('it is busy', () => outputOf(seat).includes('busy'));
    for (const peer of Array.from({ length: 11 }, (_, n) => `peer${n}`))
      await seat.gateway.request('chat.send', { text: 'tell me all', peer, key: peer });
    const status = () => seat.gateway.request('status', {});
    await until('all hands full', async () => (await status()).running.length === 8);
    const said = await atom(profile, ['panic']);
    expect([said.code, said.out]).toEqual([0, expect.stringContaining('Everything is halted')]);
    await until('nothing left', () => processesWith(mark).length === 0);
    await until('no turn left', async () => (await status()).running.length === 0);
    expect(
      profile.rows('SELECT state, result, count(*) AS n FROM spool GROUP BY 1, 2 ORDER BY 1'),
    ).toEqual([
      { state: 'handled', result: 'stopped', n: 8 },
      { state: 'waiting', result: null, n: 4 },
    ]);
    expect(profile.rows(`SELECT id FROM run WHERE ended_at IS NULL`)).toEqual([]);
    expect(await verified(profile)).toBe(0);
  });

  it('without a gateway makes the next one start halted, and every command says so', async () => {
    const profile = newProfile();
    const first = await atom(profile, ['panic']);
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('Everything is halted')]);
    const { seat } = await start(profile);
    expect(await seat.ask('/status')).toContain('Everything is halted');
    const said = await Promise.all(
      [['status'], ['doctor'], ['resume']].map((words) => atom(profile, words)),
    );
    expect(said[0]?.out).toContain('HALTED');
    expect(said[1]).toMatchObject({ code: 1, out: expect.stringContaining('atom resume') });
    expect(said[2]).toMatchObject({ code: 2 });
    await seat.say('show me notes.txt');
    expect(await seat.ask('/resume')).toBe('atom goes on.');
    await until('the answer', () =>
      seat.events.some((e) => e.kind === 'message' && e.text.includes('buy milk')),
    );
  });
});

describe('a pause', () => {
  it('keeps messages, lets what runs end, and takes no factor to be over', async () => {
    const { profile, seat } = await start(newProfile());
    const event = await seat.say('make folder photos');
    const card = await seat.asked();
    expect((await atom(profile, ['pause'])).out).toContain('atom is paused since');
    const kept = await seat.say('show me notes.txt');
    await until('the notice', () =>
      seat.events.some((e) => e.kind === 'message' && e.text.includes('is kept until')),
    );
    await seat.decide(card, 'approve');
    expect(await seat.answerTo(event)).toContain('Done');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(true);
    expect((await atom(profile, ['status'])).out).toContain('PAUSED');
    expect((await atom(profile, ['resume'])).code).toBe(0);
    expect(await seat.answerTo(kept)).toContain('buy milk');
    expect((await atom(profile, ['resume'])).code).toBe(1);
  });
});
