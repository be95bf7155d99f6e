import type { Scope } from '../../domain/caller.ts';
import type { Device } from '../../domain/device.ts';
import type { DeviceOwner, OwnedDevice } from '../../domain/owned-device.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** A device as it is kept: what of its key is known, and never the key. */
export interface DeviceRow extends Omit<Device, 'connections' | 'fingerprint'> {
  /** Of a device: 32 bytes, base64url. */
  readonly publicKey?: string;
  /** SHA-256 of the key or token that it shows; absent while a new one waits to be fetched. */
  readonly keyHash?: string;
  /** As what its user is known (see `identityText`). */
  readonly identity?: string;
}

export type NewDevice = Pick<DeviceRow, 'name' | 'kind' | 'scopes' | 'publicKey' | 'addedAt'> & {
  readonly keyHash: string;
  readonly owner?: Omit<DeviceOwner, 'words'> | undefined;
};

/** Keeps a new one; resolves to its id. */
export async function insertDevice(sql: Sql, device: NewDevice): Promise<string> {
  const row = await sql.get(
    `INSERT INTO device(name, kind, scopes, public_key, key_hash, added_at, of_user, identity)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8) RETURNING seq`,
    device.name,
    device.kind,
    JSON.stringify(device.scopes),
    device.publicKey ?? null,
    device.keyHash,
    device.addedAt,
    device.owner?.user ?? null,
    device.owner?.identity ?? null,
  );
  return `d${row?.seq}`;
}

/** All there ever were, in the order of their ids. */
export const allDevices = async (sql: Sql): Promise<readonly DeviceRow[]> =>
  (await sql.all('SELECT * FROM device ORDER BY seq')).map(deviceOf);

/** Those that a provider vouched for, revoked or not. */
export const ownedDevices = async (sql: Sql): Promise<readonly OwnedDevice[]> =>
  (
    await sql.all(
      'SELECT seq, of_user, identity FROM device WHERE of_user IS NOT NULL ORDER BY seq',
    )
  ).map((row) => ({
    device: `d${row.seq}`,
    user: String(row.of_user),
    identity: String(row.identity),
  }));

export async function deviceById(sql: Sql, id: string): Promise<DeviceRow | undefined> {
  const row = await sql.get('SELECT * FROM device WHERE seq = $1', seqOf(id));
  return row && deviceOf(row);
}

/** Keeps what changed of one that was not revoked. False where there is none. */
export const updateDevice = async (
  sql: Sql,
  { id, name, scopes, keyHash }: Pick<DeviceRow, 'id' | 'name' | 'scopes' | 'keyHash'>,
): Promise<boolean> =>
  (await sql.run(
    `UPDATE device SET name = $1, scopes = $2, key_hash = $3
     WHERE seq = $4 AND revoked_at IS NULL`,
    name,
    JSON.stringify(scopes),
    keyHash ?? null,
    seqOf(id),
  )) === 1;

/** Its key is forgotten with it. False where it was revoked before. */
export const revokeDevice = async (sql: Sql, id: string, at: number): Promise<boolean> =>
  (await sql.run(
    'UPDATE device SET revoked_at = $1, key_hash = NULL WHERE seq = $2 AND revoked_at IS NULL',
    at,
    seqOf(id),
  )) === 1;

export const sawDevice = (sql: Sql, id: string, at: number): Promise<number> =>
  sql.run('UPDATE device SET last_seen_at = $1 WHERE seq = $2', at, seqOf(id));

/** The number of an id such as `d2`; that of nobody for any other text. */
const seqOf = (id: string): number => (/^d\d{1,15}$/.test(id) ? Number(id.slice(1)) : 0);

const deviceOf = (row: Row): DeviceRow => ({
  id: `d${row.seq}`,
  name: String(row.name),
  kind: row.kind === 'program' ? 'program' : 'device',
  scopes: JSON.parse(String(row.scopes)) as readonly Scope[],
  addedAt: Number(row.added_at),
  ...(row.public_key === null ? {} : { publicKey: String(row.public_key) }),
  ...(row.key_hash === null ? {} : { keyHash: String(row.key_hash) }),
  ...(row.last_seen_at === null ? {} : { lastSeenAt: Number(row.last_seen_at) }),
  ...(row.of_user === null ? {} : { user: String(row.of_user) }),
  ...(row.identity === null ? {} : { identity: String(row.identity) }),
  ...(row.revoked_at === null ? {} : { revokedAt: Number(row.revoked_at) }),
});
