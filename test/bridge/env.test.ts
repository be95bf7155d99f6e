import { describe, expect, it, onTestFinished } from 'vitest';
import { readBridgeEnv } from '../../src/bridge/env.ts';
import { bridgeFromEnv } from '../../src/bridge/from-env.ts';

const URL = 'ws://127.0.0.1:18789';

describe('a bridge from the environment', () => {
  it('reads the address, the token, the fingerprint and the tuning', () => {
    const found = readBridgeEnv({
      ATOM_GATEWAY_URL: URL,
      ATOM_GATEWAY_TOKEN: 't0ken',
      ATOM_GATEWAY_FINGERPRINT: 'SHA256:x',
      ATOM_BRIDGE_QUEUE_DIR: '/q',
      ATOM_BRIDGE_DIALECT: 'atom',
      ATOM_BRIDGE_TIMEOUT_MS: '77',
      ATOM_BRIDGE_RETRIES: '5',
      ATOM_BRIDGE_QUEUE_MESSAGES: '9',
    });
    expect(found).toMatchObject({
      mode: 'gateway',
      options: {
        url: URL,
        fingerprint: 'SHA256:x',
        queueFolder: '/q',
        dialect: 'atom',
        credential: { kind: 'token', token: 't0ken' },
        tuning: { sendTimeoutMs: 77, retries: 5, queue: { messages: 9 } },
      },
    });
  });

  it('takes the names of OpenClaw, and its own before them', () => {
    const env = {
      OPENCLAW_GATEWAY_URL: URL,
      OPENCLAW_GATEWAY_TOKEN: 'claw',
      OPENCLAW_TIMEOUT_MS: '5',
      OPENCLAW_BRIDGE_RETRIES: '1',
    };
    expect(readBridgeEnv(env)).toMatchObject({
      options: {
        url: URL,
        credential: { token: 'claw' },
        tuning: { sendTimeoutMs: 5, retries: 1 },
      },
    });
    const both = readBridgeEnv({ ...env, ATOM_BRIDGE_TIMEOUT_MS: '6' });
    expect(both).toMatchObject({ options: { tuning: { sendTimeoutMs: 6 } } });
  });

  it('shows the token of one gateway to no other', () => {
    const found = readBridgeEnv({
      ATOM_GATEWAY_URL: URL,
      OPENCLAW_GATEWAY_URL: 'ws://10.0.0.1:1',
      OPENCLAW_GATEWAY_TOKEN: 'claw',
    });
    expect(found).toMatchObject({ options: { url: URL } });
    expect(JSON.stringify(found)).not.toContain('claw');
  });

  it('knows a paired device', () => {
    const env = { ATOM_GATEWAY_URL: URL, ATOM_GATEWAY_TOKEN: 'k', ATOM_BRIDGE_DEVICE: 'd2' };
    expect(readBridgeEnv({ ...env, ATOM_BRIDGE_DEVICE_SECRET: 's' })).toMatchObject({
      options: { credential: { kind: 'device', device: 'd2', key: 'k', secret: 's' } },
    });
    expect(() => readBridgeEnv(env)).toThrow('ATOM_BRIDGE_DEVICE is set');
  });

  it.each([
    [{}, 'ATOM_GATEWAY_URL is not set'],
    [
      { ATOM_GATEWAY_URL: URL, ATOM_BRIDGE_RETRIES: 'hunter22' },
      'ATOM_BRIDGE_RETRIES is no number',
    ],
    [{ ATOM_GATEWAY_URL: URL, ATOM_BRIDGE_DIALECT: 'hunter22' }, 'ATOM_BRIDGE_DIALECT is none of'],
    [{ ATOM_BRIDGE_MODE: 'hunter22' }, 'ATOM_BRIDGE_MODE is none of'],
  ])('says which variable is wrong, and not what it holds: %o', (env, words) => {
    const read = () => readBridgeEnv(env);
    expect(read).toThrow(words);
    expect(read).toThrow(expect.objectContaining({ code: 'config' }));
    expect(read).not.toThrow('hunter22');
  });

  it('makes one without a gateway where it is told to', async () => {
    const bridge = bridgeFromEnv({ ATOM_BRIDGE_MODE: 'memory' });
    onTestFinished(bridge.close);
    await bridge.connect();
    expect(await bridge.sendToAgent('sms:dm:+15551234', 'hi')).toMatchObject({ status: 'sent' });
  });
});
