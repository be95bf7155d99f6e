import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { fingerprintOf, newIdentity } from '../../../src/base/ed25519.ts';
import { createLog } from '../../../src/base/log.ts';
import { createBridge } from '../../../src/bridge/public.ts';
import { gatewaySchema } from '../../../src/config/gateway-schema.ts';
import { openNetwork } from '../../../src/gateway/network/network.ts';
import { createRepeats } from '../../../src/gateway/repeats.ts';
import { hashOf, newKey } from '../../../src/trust/devices/keys.ts';
import { until } from '../../flows/stage/until.ts';
import { openKernel } from '../memory-stage.ts';
import { open } from './stage.ts';

const OWNER = { by: { surface: 'terminal', id: 'owner' } };

/** A whole atom with its port, which opens once somebody holds a key. */
async function openPort() {
  const { atom, hub, kernel, metrics } = await openKernel();
  const log = createLog(() => undefined);
  const network = openNetwork({
    endpoint: gatewaySchema.parse({ port: 0 }),
    credentials: atom.devices.credentials,
    connection: { kernel, hub, log, metrics, repeats: createRepeats(systemClock) },
    routes: new Map(),
    clock: systemClock,
    log,
    onBurst: () => undefined,
    alert: () => undefined,
  });
  onTestFinished(() => network.close());
  return { atom, network };
}

test('the client library speaks as a paired device, and is told that its key was revoked', async () => {
  const { atom, network } = await openPort();
  const [own, key] = [newIdentity(), newKey()];
  const { device } = await atom.trust.roster.admit({
    kind: 'device',
    name: 'phone',
    scopes: ['read', 'chat'],
    digits: '123 456',
    publicKey: own.publicKey,
    keyHash: hashOf(key),
  });
  const status = await network.settle();
  const bridge = createBridge({
    url: status.state === 'listening' ? status.url : '',
    fingerprint: fingerprintOf((await atom.devices.credentials.identity()).publicKey),
    credential: { kind: 'device', device, key, secret: own.secretText },
  });
  onTestFinished(() => bridge.close());
  await bridge.connect();
  expect(await bridge.sendToAgent(`terminal:self:${device}`, 'hello')).toMatchObject({
    status: 'sent',
  });
  expect(network.connectionsOf(device)).toBe(1);
  await atom.devices.revoke(device, OWNER.by);
  await until('it gives up', () => bridge.state === 'failed');
});

test('a program talks over the port with its token, until it is revoked and the port closes', async () => {
  const { atom, network } = await openPort();
  expect(await network.settle()).toEqual({ state: 'off' });
  const { row, token } = await atom.devices.add(
    { name: 'script', scopes: ['read', 'chat'] },
    OWNER,
  );
  const status = await network.settle();
  const one = open(status.state === 'listening' ? status.url : '');
  expect((await one.token(token)).payload).toMatchObject({ scopes: ['read', 'chat'] });
  one.req('1', 'chat.send', { text: 'hello', key: 'k' });
  const session = `device:dm:${row.id}`;
  expect((await one.answer('1')).payload).toMatchObject({ session, duplicate: false });
  await until('the reply', () =>
    one.frames.find(({ event }) => event?.kind === 'message' && event.session === session),
  );
  expect(network.connectionsOf(row.id)).toBe(1);
  await atom.devices.revoke(row.id, OWNER.by);
  expect((await one.closed).code).toBe(4001);
  expect(await network.settle()).toEqual({ state: 'off' });
});
