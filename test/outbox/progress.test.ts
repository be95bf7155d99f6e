import { describe, expect, it } from 'vitest';
import { createBus } from '../../src/bus/bus.ts';
import type { ChannelFacts } from '../../src/domain/channel.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { LiveRun } from '../../src/domain/live-run.ts';
import { createReply } from '../../src/outbox/reply.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { until } from '../flows/stage/until.ts';
import { setGovernor } from '../governance/stage.ts';
import { chat, facts, setOutbox } from './stage.ts';

const DIRECT = 'telegram:dm:42';

const event = (peer: string): InboundEvent => ({
  id: 'e',
  externalId: 'e',
  message: '61',
  from: chat(peer),
  sender: { id: '42' },
  kind: 'message',
  text: 'run it',
  media: [],
  isGroup: peer !== '42',
  mentionsMe: true,
  at: 1,
});

/** A session with a run under way, a real governor and outbox, and a platform that is scripted. */
async function setRun(more: Partial<ChannelFacts> = {}, key = DIRECT) {
  const outbox = await setOutbox(more);
  const { store, clock } = outbox;
  const over = new AbortController();
  const peer = key.split(':')[2] ?? '';
  const startedAt = clock.now();
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  const session = await ensureSession(store, {
    id: 's',
    key,
    agent: 'atom',
    home: chat(peer),
    startedAt,
  });
  await store.tx((sql) => spoolEvent(sql, event(peer), key));
  const run: LiveRun = {
    id: 'e:c',
    session: session.id,
    event: 'e',
    words: ['npm', 'test'],
    elapsedMs: () => clock.now() - startedAt,
    lines: () => ['ok 1', 'ok 2'],
    over: over.signal,
  };
  const facing = { ...facts, ...more };
  const live = (id: string) => (id === run.id ? run : undefined);
  const reply = createReply({
    store,
    bus: createBus(),
    clock,
    facts: () => facing,
    live,
    isAllTheirs: async () => false,
    isPublic: async () => false,
    isOwners: async () => true,
  });
  const { perform } = await setGovernor({ store, clock, actions: [reply] });
  const ask = (id: string, resource: { readonly [key: string]: string }) =>
    perform({
      id,
      action: 'message.reply',
      context: { session: 's', event: 'e' },
      resource: { event: 'e', session: 's', ...resource },
    });
  const queued = async () => (await store.all('SELECT body FROM outbox ORDER BY seq')).map(bodyOf);
  const bodyOf = (row: { readonly [name: string]: unknown }) =>
    JSON.parse(String(row.body)) as { readonly id: string; readonly text: string };
  return {
    ...outbox,
    over,
    queued,
    show: () => ask('e:c:progress', { run: 'e:c' }),
    answer: (text: string) => ask('e:reply', { text, result: 'replied' }),
  };
}

/** Lets the run be shown, sends that, and ends it after `ms`. */
async function shownFor(ms: number, stage: Awaited<ReturnType<typeof setRun>>) {
  stage.clock.pass(3000);
  const showing = stage.show();
  await until('something is shown', async () => (await stage.queued()).length > 0);
  await stage.drain();
  stage.clock.pass(ms);
  stage.over.abort();
  return showing;
}

describe('how a long run goes', () => {
  it('is shown in one message, which becomes the answer', async () => {
    const stage = await setRun();
    expect(await shownFor(2000, stage)).toEqual({ ok: true, value: { told: 2 } });
    await stage.answer('All tests pass.');
    await stage.drain();
    expect(stage.sent.map(({ text, edits }) => [text, edits])).toEqual([
      ['Running (3 s): npm test\n\nok 1\nok 2\n\nTo stop it: /stop', undefined],
      ['Ran for 5 s: npm test', 'x1'],
      ['All tests pass.', 'x1'],
    ]);
  });

  it('is over in its message where it took long, and the answer is one that rings', async () => {
    const stage = await setRun();
    await shownFor(90_000, stage);
    await stage.answer('All tests pass.');
    await stage.drain();
    expect(stage.sent.slice(1).map(({ text, edits }) => [text, edits])).toEqual([
      ['Ran for 1 min: npm test', 'x1'],
      ['All tests pass.', undefined],
    ]);
  });

  it('is over in its message where the answer does not fit in one', async () => {
    const stage = await setRun();
    await shownFor(1000, stage);
    await stage.answer('word '.repeat(2000));
    await stage.drain();
    expect(stage.sent.slice(2).map(({ edits }) => edits)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('does not take the answer along where its message was deleted', async () => {
    const stage = await setRun();
    await shownFor(1000, stage);
    await stage.drain();
    stage.failures.push({ kind: 'refused', reason: 'message to edit not found' });
    await stage.answer('All tests pass.');
    await stage.drain();
    const [last, before] = stage.sent.toReversed();
    expect(before).toMatchObject({ text: 'All tests pass.', edits: 'x1' });
    expect(last).toMatchObject({ text: 'All tests pass.', inReplyTo: 'e', quotes: '61' });
    expect(last?.edits).toBeUndefined();
    expect(await stage.states()).toMatchObject({ 'reply:e': 'sent' });
  });

  it('never queues up where nothing can be sent: what waits is made newer', async () => {
    const stage = await setRun();
    const showing = stage.show();
    await until('something waits', async () => (await stage.queued()).length > 0);
    stage.clock.pass(7000);
    await until('it is newer', async () =>
      (await stage.queued()).some(({ text }) => text.includes('(7 s)')),
    );
    stage.over.abort();
    await showing;
    expect((await stage.queued()).map(({ id, text }) => [id, text])).toEqual([
      ['progress:e', 'Ran for 7 s: npm test'],
    ]);
  });

  it('is no business of a group but that something runs', async () => {
    const stage = await setRun({}, 'telegram:group:-9');
    await shownFor(2000, stage);
    await stage.drain();
    expect(stage.sent.map(({ text }) => text)).toEqual([
      'Still running (3 s). To stop it: /stop',
      'Ran for 5 s.',
    ]);
  });

  it('is told once, after half a minute, where messages cannot be edited', async () => {
    const soon = await setRun({ edits: false });
    const showing = soon.show();
    soon.over.abort();
    expect(await showing).toEqual({ ok: true, value: { told: 0 } });
    const stage = await setRun({ edits: false });
    stage.clock.pass(27_000);
    await shownFor(60_000, stage);
    await stage.answer('All tests pass.');
    await stage.drain();
    expect(stage.sent.map(({ text, edits }) => [text.split('\n')[0], edits])).toEqual([
      ['Running (30 s): npm test', undefined],
      ['All tests pass.', undefined],
    ]);
  });
});
