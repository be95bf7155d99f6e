import type { Atom } from '../../atom.ts';
import { fingerprintOf } from '../../base/ed25519.ts';
import type { Device } from '../../domain/device.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import type { Methods } from '../kernel.ts';
import type { Network } from '../network/network.ts';
import { OWNER, proofOf } from './rules.ts';

type DeviceMethods = Pick<
  Methods,
  | 'devices.list'
  | 'devices.pair'
  | 'devices.answer'
  | 'devices.add'
  | 'devices.rename'
  | 'devices.rotate'
  | 'devices.revoke'
>;

/** Devices and programs. Only whoever reaches this machine's own socket may ask. */
export const deviceMethods = (
  { devices }: Atom,
  network: Pick<Network, 'status' | 'connectionsOf'>,
): DeviceMethods => {
  const shown = (row: DeviceRow): Device => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    scopes: row.scopes,
    addedAt: row.addedAt,
    ...(row.publicKey === undefined ? {} : { fingerprint: fingerprintOf(row.publicKey) }),
    ...(row.lastSeenAt === undefined ? {} : { lastSeenAt: row.lastSeenAt }),
    ...(row.user === undefined ? {} : { user: row.user }),
    ...(row.revokedAt === undefined ? {} : { revokedAt: row.revokedAt }),
    connections: network.connectionsOf(row.id),
  });
  return {
    'devices.list': async () => {
      const port = network.status();
      const rows = await devices.list();
      const found = { devices: rows.map(shown), waiting: devices.waiting() };
      return port.state === 'listening' ? { ...found, url: port.url } : found;
    },
    'devices.pair': ({ scopes, seconds, url, idToken }) => {
      const more = {
        ...(url === undefined ? {} : { url }),
        ...(idToken === undefined ? {} : { idToken }),
      };
      return devices.arm({ scopes, seconds, ...more }, OWNER);
    },
    'devices.answer': async ({ code, name, ...answer }) => {
      const named = name === undefined ? answer : { ...answer, name };
      const row = await devices.answer(named, proofOf(code));
      return row ? { device: shown(row) } : {};
    },
    'devices.add': async ({ name, scopes, code }) => {
      const { row, token } = await devices.add({ name, scopes }, proofOf(code));
      return { device: shown(row), token };
    },
    'devices.rename': async ({ ref, name }) => ({ device: shown(await devices.rename(ref, name)) }),
    'devices.rotate': async ({ ref }) => {
      const { row, token } = await devices.rotate(ref);
      return { device: shown(row), ...(token === undefined ? {} : { token }) };
    },
    'devices.revoke': async ({ ref }) => {
      const open = new Map((await devices.list()).map(({ id }) => [id, network.connectionsOf(id)]));
      const row = await devices.revoke(ref, OWNER);
      return { device: shown(row), closed: open.get(row.id) ?? 0 };
    },
  };
};
