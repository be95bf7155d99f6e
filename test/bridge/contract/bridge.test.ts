import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Bridge, BridgeEventName } from '../../../src/bridge/contract.ts';
import { ConnectionError, SendError, SessionError } from '../../../src/bridge/errors.ts';
import type { Tuning } from '../../../src/bridge/settings.ts';
import { type Backend, backends, QUICK } from './backends.ts';

const KEY = 'terminal:self:main';

/** Everything of one kind that a bridge told. */
function told<E extends BridgeEventName>(bridge: Bridge, event: E): unknown[] {
  const seen: unknown[] = [];
  bridge.on(event, (about) => seen.push(about));
  return seen;
}

const texts = ({ peer }: Backend): string[] => peer.received.map(({ text }) => text);

/** A clock that can be set forward. */
function movable(): Tuning['clock'] & { skip(ms: number): void } {
  let ahead = 0;
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()) + ahead,
    monotonic: () => performance.now() + ahead,
    skip: (ms) => {
      ahead += ms;
    },
  };
}

describe.each(backends)('a bridge over %s', (_name, openBackend) => {
  const open = async (tuning: Partial<Tuning> = {}, folder?: string): Promise<Backend> => {
    const backend = await openBackend({ ...QUICK, ...tuning }, folder);
    onTestFinished(async () => {
      await backend.bridge.close();
      await backend.peer.close();
    });
    return backend;
  };

  it('is disconnected, connects, and is disconnected again once it is closed', async () => {
    const { bridge } = await open();
    const states = told(bridge, 'state');
    expect([bridge.state, bridge.isConnected]).toEqual(['disconnected', false]);
    const connecting = bridge.connect();
    expect(bridge.state).toBe('connecting');
    await connecting;
    expect([bridge.state, bridge.isConnected]).toEqual(['connected', true]);
    await bridge.close();
    await bridge.close();
    expect([bridge.state, bridge.isConnected]).toEqual(['disconnected', false]);
    expect(states).toMatchObject([
      { state: 'connecting', was: 'disconnected' },
      { state: 'connected', was: 'connecting' },
      { state: 'disconnected', was: 'connected' },
    ]);
    await expect(bridge.connect()).rejects.toBeInstanceOf(ConnectionError);
    await expect(bridge.sendToAgent(KEY, 'late')).rejects.toBeInstanceOf(ConnectionError);
  });

  it('says that a message is sent, what the agent answers, and when it is done with it', async () => {
    const backend = await open();
    const { bridge, peer } = backend;
    const [sent, delivered, messages] = [
      told(bridge, 'sent'),
      told(bridge, 'delivered'),
      told(bridge, 'message'),
    ];
    await bridge.connect();
    const result = await bridge.sendToAgent(KEY, 'hello', { task: 7 });
    const { messageId } = result;
    expect(result).toEqual({
      status: 'sent',
      messageId: expect.any(String),
      sessionKey: KEY,
      timestamp: expect.any(Number),
    });
    expect(peer.received).toMatchObject([{ messageId, text: 'hello' }]);
    await expect.poll(() => delivered).toHaveLength(1);
    const about = { messageId, sessionKey: KEY, metadata: { task: 7 } };
    expect(sent).toEqual([about]);
    expect(delivered).toEqual([{ ...about, result: 'replied' }]);
    expect(messages).toMatchObject([
      { sessionKey: KEY, text: 'You said: hello', inReplyTo: messageId },
    ]);
    expect(bridge.metrics()).toMatchObject({ connections: 1, sent: 1, failed: 0, retried: 0 });
    expect(bridge.metrics().latencyMs.p99).toBeGreaterThan(0);
  });

  it('never tries again where it is not let in', async () => {
    const { bridge, peer } = await open();
    peer.expect({ connects: ['authentication'] });
    await expect(bridge.connect()).rejects.toMatchObject({
      name: 'ConnectionError',
      kind: 'authentication',
      retryable: false,
    });
    expect(bridge.state).toBe('failed');
    expect(bridge.metrics().attempts).toBe(1);
    await bridge.connect();
    expect(bridge.state).toBe('connected');
  });

  it('tries three times more where the gateway does not answer', async () => {
    const { bridge, peer } = await open();
    peer.expect({ connects: ['network', 'timeout', 'network'] });
    await bridge.connect();
    expect(bridge.metrics()).toMatchObject({ attempts: 4, connections: 1, reconnects: 0 });
  });

  it('says after the third retry what is wrong, and goes on trying until it stands', async () => {
    const { bridge, peer } = await open();
    const states = told(bridge, 'state');
    peer.expect({ connects: ['network', 'network', 'network', 'timeout', 'network'] });
    await expect(bridge.connect()).rejects.toMatchObject({ kind: 'timeout', retryable: true });
    expect(bridge.state).toBe('reconnecting');
    await expect.poll(() => bridge.state).toBe('connected');
    expect(bridge.metrics().attempts).toBe(6);
    expect(states).toMatchObject([
      { state: 'connecting' },
      { state: 'reconnecting', error: { kind: 'timeout' } },
      { state: 'connected' },
    ]);
  });

  it('refuses what could never be sent before anything is sent', async () => {
    const { bridge, peer } = await open();
    await bridge.connect();
    for (const key of ['', 'terminal', 'fax:dm:1', 'sms:club:1', 'sms:dm:', 'sms:dm:a b'])
      await expect(bridge.sendToAgent(key, 'x')).rejects.toMatchObject({
        name: 'SessionError',
        kind: 'invalid-key',
      });
    for (const text of ['', '  \n', '\ud800', 'x'.repeat(5 * 1024 * 1024)])
      await expect(bridge.sendToAgent(KEY, text)).rejects.toMatchObject({
        name: 'SendError',
        kind: 'rejected',
      });
    const long = { why: 'x'.repeat(20_000) };
    await expect(bridge.sendToAgent(KEY, 'x', long)).rejects.toBeInstanceOf(SendError);
    expect(peer.received).toEqual([]);
    expect(bridge.metrics()).toMatchObject({ sent: 0, failed: 0, queued: 0 });
  });

  it('does not try again what the gateway refuses', async () => {
    const { bridge, peer } = await open();
    await bridge.connect();
    peer.expect({ sends: ['rejected', 'not-found'] });
    const rejected = await bridge.sendToAgent(KEY, 'one');
    expect(rejected).toMatchObject({ status: 'failed', error: { kind: 'rejected' } });
    expect(rejected.error).toBeInstanceOf(SendError);
    const missing = await bridge.sendToAgent('telegram:dm:1', 'two');
    expect(missing).toMatchObject({ status: 'failed', error: { kind: 'not-found' } });
    expect(missing.error).toBeInstanceOf(SessionError);
    expect(bridge.metrics()).toMatchObject({ failed: 2, retried: 0, queueDepth: 0 });
  });

  it('tries again where the gateway is busy or silent, and it stays one message', async () => {
    const backend = await open();
    const { bridge, peer } = backend;
    await bridge.connect();
    peer.expect({ sends: ['rate-limit', 'silent'] });
    expect(await bridge.sendToAgent(KEY, 'patience')).toMatchObject({ status: 'sent' });
    expect(texts(backend)).toEqual(['patience']);
    expect(bridge.metrics()).toMatchObject({ retried: 2, sent: 1 });
    peer.expect({ sends: ['rate-limit', 'rate-limit', 'rate-limit', 'rate-limit'] });
    expect(await bridge.sendToAgent(KEY, 'too much')).toMatchObject({
      status: 'failed',
      error: { kind: 'rate-limit' },
    });
  });

  it('keeps what was said while there was no connection, and sends it in order', async () => {
    const backend = await open();
    const { bridge } = backend;
    const sent = told(bridge, 'sent');
    for (const text of ['one', 'two', 'three'])
      expect(await bridge.sendToAgent(KEY, text)).toMatchObject({ status: 'queued' });
    expect(bridge.metrics()).toMatchObject({ queued: 3, queueDepth: 3 });
    await bridge.connect();
    await expect.poll(() => sent).toHaveLength(3);
    expect(texts(backend)).toEqual(['one', 'two', 'three']);
    expect(bridge.metrics()).toMatchObject({ queueDepth: 0, queueBytes: 0 });
  });

  it('says of a message that waited when it was refused', async () => {
    const { bridge, peer } = await open();
    const failed = told(bridge, 'failed');
    peer.expect({ sends: ['rejected'] });
    const { messageId } = await bridge.sendToAgent(KEY, 'one');
    await bridge.connect();
    await expect.poll(() => failed).toMatchObject([{ messageId, error: { kind: 'rejected' } }]);
    expect(bridge.metrics()).toMatchObject({ queueDepth: 0, failed: 1 });
  });

  it.each(['cut', 'lost-answer'] as const)(
    'neither loses nor doubles a message: %s',
    async (how) => {
      const backend = await open();
      const { bridge, peer } = backend;
      const delivered = told(bridge, 'delivered');
      await bridge.connect();
      peer.expect({ sends: [how] });
      const result = await bridge.sendToAgent(KEY, 'once');
      expect(result.status).toBe('queued');
      await expect.poll(() => bridge.metrics()).toMatchObject({ sent: 1, queueDepth: 0 });
      expect(peer.received).toMatchObject([{ messageId: result.messageId, text: 'once' }]);
      expect(bridge.metrics()).toMatchObject({ connections: 2, reconnects: 1 });
      if (how === 'cut') await expect.poll(() => delivered).toHaveLength(1);
    },
  );

  it('comes back after a cut, and hears the agent again', async () => {
    const { bridge, peer } = await open();
    const messages = told(bridge, 'message');
    const states = told(bridge, 'state');
    await bridge.connect();
    peer.say(KEY, 'before');
    await expect.poll(() => messages).toMatchObject([{ text: 'before', sessionKey: KEY }]);
    peer.cut();
    await expect.poll(() => states).toHaveLength(4);
    expect(bridge.state).toBe('connected');
    peer.say(KEY, 'after');
    await expect.poll(() => messages).toMatchObject([{ text: 'before' }, { text: 'after' }]);
    expect(states.at(-2)).toMatchObject({ state: 'reconnecting', error: { kind: 'network' } });
  });

  it('gives up for good where it is not let in again', async () => {
    const { bridge, peer } = await open();
    await bridge.connect();
    peer.expect({ connects: ['authentication'] });
    peer.cut();
    await expect.poll(() => bridge.state).toBe('failed');
    expect(await bridge.sendToAgent(KEY, 'later')).toMatchObject({ status: 'queued' });
  });

  it('leaves a silent gateway alone for a minute after five failures, and needs two successes', async () => {
    const clock = movable();
    const backend = await open({ clock, sendTimeoutMs: 100, retries: 0 });
    const { bridge, peer } = backend;
    await bridge.connect();
    peer.expect({ sends: ['silent', 'silent', 'silent', 'silent', 'silent'] });
    await bridge.sendToAgent(KEY, 'one');
    await expect.poll(() => bridge.metrics()).toMatchObject({ breaker: 'open' });
    expect(bridge.metrics()).toMatchObject({ breakerTrips: 1, sent: 0, queueDepth: 1 });
    expect(await bridge.sendToAgent(KEY, 'two')).toMatchObject({ status: 'queued' });
    expect(texts(backend)).toEqual([]);
    clock.skip(60_000);
    await expect.poll(() => texts(backend)).toEqual(['one', 'two']);
    await expect.poll(() => bridge.metrics()).toMatchObject({ breaker: 'closed', queueDepth: 0 });
  });

  it('sends what waits as soon as a silent gateway is connected to again', async () => {
    const backend = await open({ sendTimeoutMs: 100, retries: 0 });
    const { bridge, peer } = backend;
    await bridge.connect();
    peer.expect({ sends: ['silent', 'silent', 'silent', 'silent', 'silent'] });
    await bridge.sendToAgent(KEY, 'one');
    await expect.poll(() => bridge.metrics()).toMatchObject({ breaker: 'open' });
    peer.cut();
    await expect.poll(() => texts(backend)).toEqual(['one']);
    expect(bridge.metrics()).toMatchObject({ breakerTrips: 1, queueDepth: 0 });
  });

  it('keeps messages in a folder for the next process that uses it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atom-queue-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await open({}, folder);
    const { messageId } = await first.bridge.sendToAgent(KEY, 'kept');
    await first.bridge.close();
    const next = await open({}, folder);
    expect(next.bridge.metrics().queueDepth).toBe(1);
    await next.bridge.connect();
    await expect.poll(() => next.peer.received).toMatchObject([{ messageId, text: 'kept' }]);
  });

  it('says of what waits in memory that it is lost, when it is closed', async () => {
    const { bridge } = await open();
    const failed = told(bridge, 'failed');
    const { messageId } = await bridge.sendToAgent(KEY, 'gone');
    await bridge.close();
    expect(failed).toMatchObject([{ messageId, error: { name: 'ConnectionError' } }]);
  });

  it('tells nobody who does not want to hear any more, and survives a listener that throws', async () => {
    const { bridge, peer } = await open();
    const stray = vi.fn();
    process.once('uncaughtException', stray);
    onTestFinished(() => void process.off('uncaughtException', stray));
    await bridge.connect();
    const seen: string[] = [];
    const stop = bridge.on('message', ({ text }) => seen.push(text));
    peer.say(KEY, 'heard');
    await expect.poll(() => seen).toEqual(['heard']);
    stop();
    const others = told(bridge, 'message');
    peer.say(KEY, 'unheard');
    await expect.poll(() => others).toHaveLength(1);
    expect(seen).toEqual(['heard']);
  });
});
