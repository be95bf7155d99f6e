import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fingerprintOf, newIdentity } from '../../src/base/ed25519.ts';
import type { Bridge } from '../../src/bridge/contract.ts';
import { createBridge } from '../../src/bridge/create.ts';
import type { BridgeOptions } from '../../src/bridge/settings.ts';
import { type AtomPeer, atomPeer, TOKEN } from '../peers/atom-peer.ts';
import { overSocket, overWebSocket } from '../peers/bridge-peer.ts';
import { OPENCLAW_TOKEN, openClawPeer } from '../peers/openclaw-peer.ts';
import { QUICK } from './contract/backends.ts';

const KEY = 'terminal:self:main';
const credential = { kind: 'token', token: TOKEN } as const;

async function atomGateway(network = true): Promise<AtomPeer> {
  const peer = await atomPeer(network ? overWebSocket : overSocket, network);
  onTestFinished(peer.close);
  return peer;
}

function bridgeTo(url: string, options: Partial<BridgeOptions> = {}): Bridge {
  const bridge = createBridge({ url, credential, tuning: QUICK, ...options });
  onTestFinished(bridge.close);
  return bridge;
}

describe('which gateway a bridge speaks to', () => {
  it('goes to no address of the internet without TLS, and to none with a secret in it', () => {
    for (const url of [
      'ws://203.0.113.7:1',
      'ws://atom.example.com',
      'http://127.0.0.1:1',
      'ws://127.0.0.1:1/?token=hunter2222',
      'ws://user:hunter2222@127.0.0.1:1',
      'nonsense',
    ]) {
      const make = () => createBridge({ url, credential });
      expect(make).toThrow(expect.objectContaining({ name: 'ConnectionError', retryable: false }));
      expect(make).not.toThrow(/hunter2222|program-token/);
    }
  });

  it('takes the gateway whose fingerprint it was given', async () => {
    const peer = await atomGateway();
    const bridge = bridgeTo(peer.url, { fingerprint: fingerprintOf(peer.gatewayKey) });
    await bridge.connect();
    expect(await bridge.sendToAgent(KEY, 'hello')).toMatchObject({ status: 'sent' });
  });

  it('says nothing at all to a gateway of another key', async () => {
    const peer = await atomGateway();
    const fingerprint = fingerprintOf(newIdentity().publicKey);
    const bridge = bridgeTo(peer.url, { fingerprint });
    await expect(bridge.connect()).rejects.toMatchObject({ kind: 'authentication' });
    expect([bridge.state, peer.heard]).toEqual(['failed', []]);
  });

  it.each(['wrong', 'none'] as const)('leaves a gateway whose proof is %s', async (proof) => {
    const peer = await atomGateway();
    peer.hello.proof = proof;
    const bridge = bridgeTo(peer.url, { fingerprint: fingerprintOf(peer.gatewayKey) });
    await expect(bridge.connect()).rejects.toMatchObject({ kind: 'authentication' });
    expect(await bridge.sendToAgent(KEY, 'secret plan')).toMatchObject({ status: 'queued' });
    expect(peer.heard.join()).not.toContain('secret plan');
  });

  it('takes no OpenClaw gateway where a fingerprint is expected, nor another dialect than told', async () => {
    const peer = await openClawPeer();
    onTestFinished(peer.close);
    const token = { kind: 'token', token: OPENCLAW_TOKEN } as const;
    const fingerprint = fingerprintOf(newIdentity().publicKey);
    const sure = bridgeTo(peer.url, { credential: token, fingerprint });
    await expect(sure.connect()).rejects.toMatchObject({ kind: 'authentication' });
    const strict = bridgeTo(peer.url, { credential: token, dialect: 'atom' });
    await expect(strict.connect()).rejects.toMatchObject({ kind: 'network' });
    expect(peer.heard).toEqual([]);
  });

  it('shows the key of its device to an OpenClaw gateway', async () => {
    const peer = await openClawPeer(3);
    onTestFinished(peer.close);
    const secret = newIdentity().secretText;
    const bridge = bridgeTo(peer.url, {
      credential: { kind: 'token', token: OPENCLAW_TOKEN, secret },
    });
    await bridge.connect();
    expect(peer.devices).toHaveLength(1);
    expect(peer.devices[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives up at once where the server answers 401, and tries again where it is no gateway', async () => {
    for (const [status, kind] of [
      [401, 'authentication'],
      [502, 'network'],
    ] as const) {
      const server = createServer();
      server.on('upgrade', (_request, socket) =>
        socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const bridge = bridgeTo(`ws://127.0.0.1:${port}`);
      await expect(bridge.connect()).rejects.toMatchObject({ kind });
      expect(bridge.metrics().attempts).toBe(kind === 'authentication' ? 1 : 4);
    }
  });

  it('repeats no token that a gateway says back', async () => {
    const peer = await atomGateway();
    const bridge = bridgeTo(peer.url);
    const heard: unknown[] = [];
    bridge.on('event', (event) => heard.push(event));
    await bridge.connect();
    peer.say(KEY, `your token is ${TOKEN}`);
    await expect.poll(() => heard).toHaveLength(1);
    expect(JSON.stringify(heard)).toContain('your token is [secret]');
  });

  it('asks for a credential where the gateway wants to know who asks', async () => {
    const peer = await atomGateway();
    const bridge = createBridge({ url: peer.url, tuning: QUICK });
    onTestFinished(bridge.close);
    await expect(bridge.connect()).rejects.toMatchObject({
      kind: 'authentication',
      next: [expect.stringContaining('atom devices add')],
    });
  });
});

describe('events over several connections', () => {
  const follow = async (network: boolean) => {
    const peer = await atomGateway(network);
    const bridge = bridgeTo(peer.url);
    const [texts, gaps]: [string[], unknown[]] = [[], []];
    bridge.on('message', ({ text }) => texts.push(text));
    bridge.on('gap', (gap) => gaps.push(gap));
    await bridge.connect();
    return { peer, bridge, texts, gaps };
  };
  const back = (bridge: Bridge, times: number) =>
    expect.poll(() => bridge.metrics().reconnects).toBe(times);

  it.each([true, false])(
    'are told once each, also those of the time between (network: %s)',
    async (network) => {
      const { peer, bridge, texts, gaps } = await follow(network);
      peer.say(KEY, 'one');
      await expect.poll(() => texts).toEqual(['one']);
      peer.cut();
      peer.say(KEY, 'two');
      peer.say(KEY, 'three');
      await back(bridge, 1);
      peer.say(KEY, 'four');
      await expect.poll(() => texts).toEqual(['one', 'two', 'three', 'four']);
      peer.cut();
      await back(bridge, 2);
      peer.say(KEY, 'five');
      await expect.poll(() => texts).toEqual(['one', 'two', 'three', 'four', 'five']);
      expect(gaps).toEqual([]);
    },
  );

  it('say where some are lost: they were too many, or the gateway began anew', async () => {
    const { peer, bridge, texts, gaps } = await follow(true);
    peer.say(KEY, 'one');
    await expect.poll(() => texts).toEqual(['one']);
    peer.cut();
    peer.say(KEY, 'lost');
    peer.forget();
    await back(bridge, 1);
    expect(gaps).toHaveLength(1);
    peer.reboot();
    await back(bridge, 2);
    expect(gaps).toHaveLength(2);
    peer.say(KEY, 'two');
    await expect.poll(() => texts).toEqual(['one', 'two']);
  });
});

describe('a gateway that is there and says nothing', () => {
  it('is noticed by its silence, and left', async () => {
    const peer = await atomGateway(false);
    const tuning = { ...QUICK, heartbeatMs: 20, heartbeatTimeoutMs: 50 };
    // The peer never answers `status`, which is what a socket is asked for.
    const bridge = bridgeTo(peer.url, { tuning });
    const errors: unknown[] = [];
    bridge.on('state', ({ error }) => error && errors.push(error));
    await bridge.connect();
    await expect.poll(() => errors).not.toEqual([]);
    expect(errors[0]).toMatchObject({ name: 'ConnectionError', kind: 'timeout' });
    await expect.poll(() => bridge.metrics().reconnects).toBeGreaterThan(0);
  });

  it('is not taken for one where it answers pings', async () => {
    const peer = await atomGateway();
    const bridge = bridgeTo(peer.url, {
      tuning: { ...QUICK, heartbeatMs: 5, heartbeatTimeoutMs: 2000 },
    });
    await bridge.connect();
    for (let at = 0; at < 10; at += 1) await bridge.sendToAgent(KEY, `message ${at}`);
    expect(bridge.metrics()).toMatchObject({ connections: 1, sent: 10 });
  });
});
