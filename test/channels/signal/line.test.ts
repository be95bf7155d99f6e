import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Door } from '../../../src/channels/signal/door.ts';
import { until } from '../../flows/stage/until.ts';
import { startCrablineSignal } from '../../peers/signal/crabline-signal.ts';
import { OWN } from '../../peers/signal/frames.ts';
import { startSignalCli } from '../../peers/signal/signal-cli.ts';
import { watched } from '../telegram/stage.ts';
import { home, signalFor } from './stage.ts';

type Options = Parameters<typeof startSignalCli>[0];

async function stage(options: Options = {}, more: Parameters<typeof signalFor>[1] = {}) {
  const peer = await startSignalCli(options);
  onTestFinished(() => peer.close());
  const made = signalFor(peer.door, { answerMs: 300, ...more });
  onTestFinished(() => made.channel.close());
  return { peer, ...made };
}

const isState = (seen: ReturnType<typeof watched>, state: string) =>
  until(state, async () => seen.state() === state);

it('loses and doubles nothing while signal-cli is killed and started again', async () => {
  // What was written to a client that has given up is lost.
  const { peer, channel } = await stage({ socket: true }, { answerMs: 10_000 });
  const stored = new Map<string, string>();
  const seen = watched(channel, async ({ externalId, text }) => void stored.set(externalId, text));
  await isState(seen, 'ready');
  const wanted: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (let each = 0; each < 40; each += 1) {
      wanted.push(`${round}.${each}`);
      await peer.inject(`${round}.${each}`);
      if (each === 20) await peer.kill();
    }
    await peer.start();
    await until('a new connection', async () => peer.connections() > round + 1);
  }
  await until('all of it', async () => stored.size >= wanted.length);
  expect([...stored.values()]).toEqual(wanted);
});

it('says how to start signal-cli where none listens, and waits longer each time', async () => {
  const { peer, channel, waits } = await stage();
  await peer.kill();
  const seen = watched(channel);
  await until('some tries', async () => waits.length > 7);
  expect(seen.reasons()[0]).toContain('Start it: signal-cli daemon --tcp=127.0.0.1:');
  expect(seen.reasons()[0]).toContain('--receive-mode=manual');
  waits.slice(0, 8).forEach((ms, at) => {
    expect(ms).toBeLessThanOrEqual(Math.min(30_000, 1000 * 2 ** at));
    expect(ms).toBeGreaterThanOrEqual(Math.min(30_000, 1000 * 2 ** at) / 2);
  });
  await peer.start();
  await isState(seen, 'ready');
});

it('notices a signal-cli that stays connected and says nothing any more', async () => {
  const { peer, channel } = await stage();
  const seen = watched(channel);
  await isState(seen, 'ready');
  peer.hang();
  await isState(seen, 'retrying');
  expect(seen.reasons().at(-1)).toContain('does not answer. Start it again');
  await peer.kill();
  await peer.inject('meanwhile');
  await peer.start();
  await until('what came meanwhile', async () => seen.events.length === 1);
  expect(seen.state()).toBe('ready');
});

it('counts each answer as a sign of life', async () => {
  const { channel, peer } = await stage();
  const seen = watched(channel);
  await until('three signs', async () => seen.health.length >= 3);
  expect(seen.health.every(({ state }) => state === 'ready')).toBe(true);
  expect(peer.asked.filter(({ method }) => method === 'version').length).toBeGreaterThan(2);
});

it.each([
  ['no JSON', '{"jsonrpc":"2.0",'],
  ['bytes that are no text', '\u0000\u0001\u0002'],
  ['a line without an end', 'x'.repeat(41 * 1024 * 1024)],
])('drops a connection that brings %s, and goes on with the next', async (_, line) => {
  const { peer, channel } = await stage();
  const seen = watched(channel);
  await isState(seen, 'ready');
  peer.raw(line);
  await until('a new connection', async () => peer.connections() === 2);
  await peer.inject('still here');
  await until('a message', async () => seen.events.length === 1);
});

it('takes a large file that is on its way for no silence', async () => {
  const { peer, channel, waits } = await stage();
  const seen = watched(channel);
  await isState(seen, 'ready');
  peer.onSend('slow');
  const sending = channel.send(
    { id: 'm1', to: home, text: 'hello', buttons: [] },
    AbortSignal.timeout(5000),
  );
  const before = waits.length;
  await until('some pulses', async () => waits.length > before + 2);
  peer.release();
  await sending;
  expect(peer.connections()).toBe(1);
  expect(seen.state()).toBe('ready');
});

it('is not misled by answers that nobody asked for', async () => {
  const { peer, channel } = await stage();
  const seen = watched(channel);
  await isState(seen, 'ready');
  for (const line of ['{"id":"atom-1","result":{}}', '{"id":null}', '[]', 'null', '7', '""'])
    peer.raw(line);
  await peer.inject('fine');
  await until('a message', async () => seen.events.length === 1);
  expect(peer.connections()).toBe(1);
});

it('never names the account to a signal-cli that has only one', async () => {
  const { peer, channel } = await stage();
  await isState(watched(channel), 'ready');
  const signal = AbortSignal.timeout(5000);
  await channel.send({ id: 'm1', to: home, text: 'hello', buttons: [] }, signal);
  expect(peer.asked.some(({ params }) => 'account' in params)).toBe(false);
});

it('names it to one that has several, and says where it has not ours', async () => {
  const { peer, channel } = await stage({ accounts: [OWN, '+15553333333'] });
  await isState(watched(channel), 'ready');
  expect(peer.asked.find(({ method }) => method === 'subscribeReceive')?.params).toEqual({
    account: OWN,
  });
  const other = await stage({ accounts: ['+15553333333'] });
  const seen = watched(other.channel);
  await isState(seen, 'failed');
  expect(seen.reasons().at(-1)).toContain(`no account ${OWN}`);
  expect(seen.reasons().at(-1)).toContain('atom channels login signal');
});

it('keeps what cannot be stored, in its order, and says so', async () => {
  const { peer, channel } = await stage();
  let failures = 2;
  const seen = watched(channel, async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('the disk is full');
  });
  await peer.inject('one');
  await peer.inject('two');
  await until('both', async () => seen.events.length === 4);
  expect(seen.events.map(({ text }) => text)).toEqual(['one', 'one', 'one', 'two']);
  expect(seen.reasons()[0]).toContain('the disk is full');
  await isState(seen, 'ready');
  const reads = () => peer.asked.filter(({ method }) => method === 'sendReceipt');
  await until('two receipts', async () => reads().length === 2);
});

it('leaves to signal-cli what comes after it closed', async () => {
  const { peer, channel } = await stage({ socket: true });
  const first = watched(channel);
  await isState(first, 'ready');
  await channel.close();
  await peer.inject('for the next');
  const next = signalFor(peer.door);
  onTestFinished(() => next.channel.close());
  const second = watched(next.channel);
  await until('it', async () => second.events.length === 1);
  expect(first.events).toEqual([]);
});

it('warns of a signal-cli that takes messages in while nobody listens', async () => {
  const { peer, channel, lines } = await stage({ manual: false });
  const seen = watched(channel);
  await isState(seen, 'ready');
  await peer.inject('one');
  await peer.inject('two');
  await until('both', async () => seen.events.length === 2);
  expect(lines.filter(({ text }) => text.includes('--receive-mode=manual'))).toHaveLength(1);
});

it('says what is not signal-cli at all', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const door: Door = { kind: 'tcp', host: '127.0.0.1', port };
  const { channel } = signalFor(door);
  onTestFinished(() => channel.close());
  const seen = watched(channel);
  await until('words', async () => seen.reasons().length > 0);
  expect(seen.reasons()[0]).toContain('no JSON');
});

it('connects again over HTTP, too', async () => {
  const peer = await startCrablineSignal();
  const { channel } = signalFor(peer.door);
  onTestFinished(() => channel.close());
  const seen = watched(channel);
  await isState(seen, 'ready');
  await peer.inject('hello');
  await until('a message', async () => seen.events.length === 1);
  await peer.close();
  await isState(seen, 'retrying');
  await until('how to start it', async () =>
    seen.reasons().some((words) => words.includes('signal-cli daemon --http=127.0.0.1:')),
  );
});
