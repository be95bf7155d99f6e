import { describe, expect, it } from 'vitest';
import { createDoubts } from '../../src/assembly/doubts/doubts.ts';
import { showDoubt } from '../../src/assembly/doubts/notices.ts';
import { alertWords } from '../../src/assembly/doubts/words.ts';
import type { AtomOptions } from '../../src/assembly/parts.ts';
import { digestOf } from '../../src/base/digest.ts';
import { createLog } from '../../src/base/log.ts';
import type { DoubtWord } from '../../src/domain/doubt.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { OutboundMessage } from '../../src/domain/message.ts';
import { type Run, runCode } from '../../src/domain/run.ts';
import { createCallbacks } from '../../src/governance/approvals/callback.ts';
import { doubt } from '../../src/governance/doubt.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { beginRun } from '../../src/store/tables/runs.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { until } from '../flows/stage/until.ts';
import { setGovernor } from '../governance/stage.ts';
import { facts } from '../outbox/stage.ts';

const DANA = { channel: 'telegram', account: '1', id: '42' };
const CHAT = { channel: 'telegram', account: '1', peer: '42' };
const SMS = { channel: 'sms', account: '1', peer: '42' };

/** A run that a crash cut off, its alert in two chats of an owner, and a governor that asks. */
async function setDoubt() {
  const stage = await setGovernor();
  const { store, bus, audit, clock, perform } = stage;
  const people = { roleOf: () => 'owner' as const, list: () => [] };
  const callbacks = createCallbacks(Buffer.from('key'));
  const warned: string[] = [];
  const emitted: GatewayEvent[] = [];
  const options = {
    clock,
    log: createLog(({ text }) => warned.push(text)),
    emit: (event: GatewayEvent) => void emitted.push(event),
    paths: { profile: 'work' } as AtomOptions['paths'],
  };
  const parts = {
    records: { store, bus, audit, people, callbacks } as unknown as Parameters<
      typeof createDoubts
    >[1]['records'],
    channels: { facts: (name: string) => ({ ...facts, name }) },
    performAs: () => perform,
    performAsOwner: perform,
  };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  for (const home of [CHAT, SMS])
    await ensureSession(store, {
      id: home.channel,
      key: `${home.channel}:dm:42`,
      agent: 'atom',
      home,
      startedAt: 1,
    });
  const principal = { kind: 'agent', id: 'atom' };
  const run: Run = {
    id: 'intent-1',
    digest: digestOf('what it was'),
    action: 'file.write',
    state: 'begun',
    begunAt: 1,
    request: { principal, action: 'file.write', resource: { path: 'x' }, session: 's', event: 'e' },
  };
  await store.tx(async (sql) => {
    await audit(sql, 'begun', { run: run.id, action: run.action, words: ['write', 'x\u202e'] });
    await beginRun(sql, run, 'an earlier boot');
    await doubt(sql, run, { audit, now: 2 });
  });
  const code = runCode(run.id);
  const doubts = createDoubts(options, parts);
  await showDoubt(options, parts, { run, text: await alertWords(store, run, 'work') });
  const queued = async (): Promise<readonly OutboundMessage[]> =>
    (await store.all('SELECT body FROM outbox ORDER BY seq')).map(
      ({ body }) => JSON.parse(String(body)) as OutboundMessage,
    );
  const button = (word: DoubtWord, more: Partial<typeof DANA & Pick<Run, 'digest'>> = {}) => {
    const { digest = run.digest, ...person } = more;
    return callbacks.sign({ id: run.id, digest, code }, word, { ...DANA, ...person });
  };
  const press = (text: string, more: Partial<InboundEvent> = {}) =>
    doubts.door.press(said(text, { kind: 'button', ...more }));
  return { ...stage, doubts, run, code, queued, button, press, warned, emitted };
}

const said = (text: string, more: Partial<InboundEvent> = {}): InboundEvent => ({
  id: 'e1',
  externalId: 'x1',
  from: CHAT,
  sender: { id: '42', name: 'Dana' },
  kind: 'message',
  text,
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 1,
  ...more,
});

describe('the alert of a run in doubt', () => {
  it('names what it was, what each answer does, and the command for its profile', async () => {
    const { queued, code } = await setDoubt();
    const [first] = await queued();
    expect(first?.text.split('\n')).toEqual([
      `IN DOUBT ${code}`,
      '· write x⟦U+202E⟧',
      'This was cut off in the middle, and nobody knows how far it got. It is not repeated by itself.',
      'Look, then say what is true:',
      `happened ${code} — it was done: nothing more is done`,
      `again ${code} — do it once more: decided and asked anew`,
      `forget ${code} — let it rest: nothing more is done`,
      `At the terminal: atom -p work runs settle ${code} --happened (or --again, or --forget)`,
    ]);
  });

  it('goes to every chat of an owner, with buttons for that person on that account alone', async () => {
    const { queued, button } = await setDoubt();
    const sent = await queued();
    expect(sent.map(({ to }) => to.channel)).toEqual(['telegram', 'sms']);
    expect(sent[0]?.buttons).toEqual([
      [
        { label: 'It happened', data: button('happened') },
        { label: 'Do it again', data: button('again') },
        { label: 'Forget it', data: button('forget') },
      ],
    ]);
    for (const { data } of sent.flatMap(({ buttons }) => buttons.flat()))
      expect(data.length).toBeLessThanOrEqual(32);
    expect(sent[1]?.buttons[0]?.[0]?.data).toBe(button('happened', { channel: 'sms' }));
  });
});

describe('a button of a run in doubt', () => {
  it('settles it once, and every alert says how: where it cannot be changed, in words', async () => {
    const { press, button, code, queued, doubts, store, kinds, warned } = await setDoubt();
    expect(await press(button('happened'))).toContain('it happened, then');
    expect(await doubts.codes()).toEqual([]);
    const [, , edit, elsewhere] = await queued();
    for (const one of [edit, elsewhere])
      expect(one).toMatchObject({
        text: expect.stringMatching(/^It happened, says telegram 42 at .*· write x/s),
        buttons: [],
        orNew: true,
      });
    expect([edit?.edits, elsewhere?.edits]).toEqual([
      'doubt:intent-1:telegram:42',
      'doubt:intent-1:sms:42',
    ]);
    expect(await press(button('again'))).toBe(`${code} is settled already.`);
    expect(await queued()).toHaveLength(4);
    expect(await store.get(`SELECT state FROM run WHERE id = 'intent-1'`)).toEqual({
      state: 'done',
    });
    expect((await kinds()).filter((kind) => kind === 'run.settled')).toHaveLength(1);
    expect(warned).toEqual([]);
  });

  it('settles nothing where it was made up, is somebody else’s, another run’s or pressed in a group', async () => {
    const { press, button, doubts, code, world } = await setDoubt();
    expect(await press(button('again'), { claimed: true })).toContain('could write in your name');
    const good = button('again');
    const refused = [
      await press(good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))),
      await press(good.replace(':again:', ':forget:')),
      await press(button('again', { id: '43' })),
      await press(button('again', { account: '2' })),
      await press(button('again', { digest: digestOf('another') })),
      await press(good, { sender: { id: '43', name: 'Eve' } }),
      await press(good.replace(code, 'zzzzzz')),
      await press(good, { isGroup: true }),
    ];
    expect(refused.slice(0, 7).every((words) => words.includes('not valid any more'))).toBe(true);
    expect(refused[7]).toContain('direct chat');
    expect([await doubts.codes(), world.done]).toEqual([[code], []]);
  });

  it('is answered once where two are pressed at once', async () => {
    const { press, button, doubts, code, kinds } = await setDoubt();
    const notes = await Promise.all([press(button('happened')), press(button('forget'))]);
    expect(notes.filter((note) => note === `${code} is settled already.`)).toHaveLength(1);
    expect((await kinds()).filter((kind) => kind === 'run.settled')).toHaveLength(1);
    expect(await doubts.codes()).toEqual([]);
  });
});

describe('typed words on a run in doubt', () => {
  it('do it again after a fresh yes, and what came of it is told in that chat', async () => {
    const { doubts, code, queued, asked, approvals, world, emitted } = await setDoubt();
    expect(await doubts.door.settle(said(''), { word: 'again', code })).toContain('done again');
    await until('it asks', () => asked.length === 1);
    // What it is for is atom's own word, and is not told as the agent's.
    expect(asked[0]?.card.why[0]).toBe(`the owner asks for ${code} again`);
    expect(asked[0]?.card.says).toBeUndefined();
    expect(world.done).toEqual([]);
    const by = { surface: 'telegram', id: '42' };
    await approvals.answer({ ref: asked[0]?.id ?? '', verdict: 'approve', by, typed: true });
    const told = await until('it is told', async () =>
      (await queued()).find(({ id }) => id === 'doubt:intent-1:again'),
    );
    expect(told).toMatchObject({
      to: CHAT,
      text: expect.stringMatching(new RegExp(`^${code} was done again, as \\w{6}\\.$`)),
    });
    expect(world.done).toEqual([{ path: 'x' }]);
    expect(emitted).toMatchObject([{ session: 's', event: 'e', state: { step: 'ended' } }]);
    // The chat that was answered in words hears it no second time; the other one does.
    const edits = (await queued()).filter(({ edits }) => edits !== undefined);
    expect(edits.map(({ to, orNew }) => [to.channel, orNew])).toEqual([
      ['telegram', undefined],
      ['sms', true],
    ]);
  });

  it('tell that it was not done again where the answer is no', async () => {
    const { doubts, code, queued, asked, approvals, world } = await setDoubt();
    await doubts.door.settle(said(''), { word: 'again', code });
    await until('it asks', () => asked.length === 1);
    const by = { surface: 'telegram', id: '42' };
    await approvals.answer({ ref: asked[0]?.id ?? '', verdict: 'deny', by, typed: true });
    await until('it is told', async () =>
      (await queued()).some(({ text }) => text.startsWith(`${code} was not done again: `)),
    );
    expect(world.done).toEqual([]);
  });

  it('name what is in doubt, and know a code that never was', async () => {
    const { doubts, code } = await setDoubt();
    expect(await doubts.door.list({})).toContain(`${code} · write x`);
    expect(await doubts.door.list({})).toContain(`again ${code}`);
    const byDevice = await doubts.door.list({ via: { surface: 'device', owner: true } });
    expect(byDevice).toContain(`atom runs settle ${code} --happened`);
    expect(byDevice).not.toContain(`again ${code}`);
    expect([await doubts.door.isNamed(code), await doubts.door.isNamed('zzzzzz')]).toEqual([
      true,
      false,
    ]);
    const answer = { word: 'forget', code: 'zzzzzz' } as const;
    await expect(doubts.door.settle(said(''), answer)).rejects.toMatchObject({
      code: 'not-found',
      message: 'No run zzzzzz is in doubt.',
    });
    await doubts.settle({ ref: code, word: 'forget', by: OWNER });
    expect(await doubts.door.isNamed(code)).toBe(true);
    await expect(doubts.door.settle(said(''), { word: 'forget', code })).rejects.toMatchObject({
      message: `${code} is settled already.`,
    });
    expect(await doubts.door.list({})).toContain('Nothing is in doubt');
  });
});

const OWNER = { surface: 'terminal', id: 'owner' };
