import { describe, type TestContext, test } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import { startCrabline } from '../../peers/crabline.ts';
import { refusal, startScriptedTelegram, success } from '../../peers/scripted-telegram.ts';
import { hello, telegramFor, watched } from './stage.ts';

async function crabline(t: TestContext) {
  const peer = await startCrabline();
  t.onTestFinished(() => peer.close());
  return peer;
}

async function scripted(t: TestContext) {
  const server = await startScriptedTelegram();
  t.onTestFinished(() => server.close());
  return server;
}

function opened(t: TestContext, peer: Peer, lines: LogLine[] = []) {
  const channel = telegramFor(peer, lines);
  t.onTestFinished(() => channel.close());
  return { channel, ...watched(channel) };
}

interface Peer {
  readonly apiRoot: string;
  readonly token: string;
}

describe.concurrent('beside other programs', () => {
  test('says that another program takes its messages, and receives again once that is gone', async (t) => {
    const { expect } = t;
    const peer = await crabline(t);
    const ours = opened(t, peer);
    await expect.poll(ours.state).toBe('ready');
    const theirs = opened(t, peer);
    await expect.poll(ours.state).toBe('retrying');
    expect(ours.reasons()[0]).toMatch(
      /another program is receiving this bot's messages by long polling/,
    );
    await theirs.channel.close();
    await peer.inject('still there?');
    await expect.poll(() => ours.events.length + theirs.events.length).toBe(1);
    await expect.poll(ours.state).toBe('ready');
  });

  test('says what to do about a webhook', async (t) => {
    const { expect } = t;
    const peer = await crabline(t);
    await peer.setWebhook('http://127.0.0.1:9/hook');
    const { state, reasons } = opened(t, peer);
    await expect.poll(state).toBe('retrying');
    expect(reasons()[0]).toMatch(/hands its messages to 127.0.0.1:9: have that removed/);
  });

  test('asks Telegram for the rest only after everything before it was stored', async (t) => {
    const { expect } = t;
    const peer = await crabline(t);
    const channel = telegramFor(peer);
    t.onTestFinished(() => channel.close());
    const waiting = Promise.withResolvers<void>();
    const { events } = watched(channel, () => waiting.promise);
    await peer.inject('one');
    await peer.inject('two');
    await expect.poll(() => events.length).toBe(1);
    expect(await peer.unconfirmed()).toHaveLength(2);
    waiting.resolve();
    await expect.poll(() => events.length).toBe(2);
    await channel.close();
    expect(await peer.unconfirmed()).toHaveLength(0);
  });

  test('confirms what was being stored when it closed, and only that', async (t) => {
    const { expect } = t;
    const peer = await crabline(t);
    await peer.inject('one');
    await peer.inject('two');
    const channel = telegramFor(peer);
    const storing = Promise.withResolvers<void>();
    const { events } = watched(channel, () => storing.promise);
    await expect.poll(() => events.length).toBe(1);
    const closing = channel.close();
    storing.resolve();
    await closing;
    expect(await peer.unconfirmed()).toMatchObject([{ message: { text: 'two' } }]);
    expect(events).toHaveLength(1);
  });

  test('closes even where storing hangs, and keeps the message for later', async (t) => {
    const { expect } = t;
    const peer = await crabline(t);
    await peer.inject('one');
    const channel = telegramFor(peer);
    const { events } = watched(channel, () => new Promise(() => undefined));
    await expect.poll(() => events.length).toBe(1);
    await channel.close();
    expect(await peer.unconfirmed()).toHaveLength(1);
  });
});

describe.concurrent('when Telegram is in trouble', () => {
  test('stops polling when the token is revoked, with the words of Telegram', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    server.next('getUpdates', refusal(401, 'Unauthorized'));
    const { state, reasons } = opened(t, server);
    await expect.poll(state).toBe('failed');
    expect(reasons()[0]).toContain('(Unauthorized)');
    expect(server.calls('getUpdates')).toHaveLength(1);
  });

  test('does not take the page of a proxy for a refusal of a token that worked', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    server.next('getUpdates', { status: 404, body: 'no such page' });
    server.next('getUpdates', success([hello(7)]));
    const { events } = opened(t, server);
    await expect.poll(() => events.length).toBe(1);
  });

  test.for([
    ['an error of its own', refusal(500, 'Internal Server Error'), /Internal Server Error/],
    ['the page of a proxy', { status: 502, body: '<h1>Bad Gateway</h1>' }, /HTTP 502/],
    ['a cut connection', 'reset', /did not answer/],
    ['an answer that makes no sense', success({ a: 1 }), /did not answer/],
  ] as const)('carries on after %s', async ([, answer, words], t) => {
    const { expect } = t;
    const server = await scripted(t);
    server.next('getUpdates', answer);
    server.next('getUpdates', success([hello(7)]));
    const { events, reasons, state } = opened(t, server);
    await expect.poll(() => events.length).toBe(1);
    expect(reasons()[0]).toMatch(words);
    expect(state()).toBe('ready');
  });

  test('waits as long as Telegram asks it to', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    server.next('getUpdates', refusal(429, 'Too Many Requests', { retry_after: 2 }));
    server.next('getUpdates', success([hello(7)]));
    const began = performance.now();
    const { events } = opened(t, server);
    await expect.poll(() => events.length).toBe(1);
    expect(performance.now() - began).toBeGreaterThan(1990);
  });

  test('waits for a network that is not there yet', async (t) => {
    const { expect } = t;
    const gone = await startScriptedTelegram();
    await gone.close();
    const { state, reasons } = opened(t, gone);
    await expect.poll(state).toBe('retrying');
    expect(reasons()[0]).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  test('does not hammer a server that answers every poll at once', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    const began = performance.now();
    opened(t, server);
    await expect.poll(() => server.calls('getUpdates').length).toBe(4);
    expect(performance.now() - began).toBeGreaterThan(3 * 240);
  });

  test('passes over an update that makes no sense, and goes on with the next', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    const odd = { ...hello(1), message: { ...hello(1).message, from: { id: 42 } } };
    server.next('getUpdates', success([odd, hello(2)]));
    const { events } = opened(t, server);
    await expect.poll(() => events.map(({ text }) => text), { timeout: 4000 }).toEqual(['hello 2']);
  });

  test('never shows the token, in no log and no message about its health', async (t) => {
    const { expect } = t;
    const server = await scripted(t);
    const lines: LogLine[] = [];
    server.next('getUpdates', refusal(400, `bad bot${server.token} in the URL`));
    server.next('getUpdates', 'reset');
    server.next('getUpdates', refusal(401, 'Unauthorized'));
    const { health, state } = opened(t, server, lines);
    await expect.poll(state, { timeout: 8000 }).toBe('failed');
    expect(health.length).toBeGreaterThan(2);
    expect(JSON.stringify([lines, health])).not.toContain(server.token.split(':')[1]);
  });
});
