import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { deviceName } from '../../domain/device.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import {
  allDevices,
  type DeviceRow,
  deviceById,
  insertDevice,
  revokeDevice,
  updateDevice,
} from '../../store/tables/devices.ts';
import type { Admission, Admitted } from './admission.ts';

export interface RosterDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Those that hold a key. Every change is on record with it. */
export interface Roster {
  /** In the order of their ids, those that were revoked too. */
  list(): Promise<readonly DeviceRow[]>;
  find(id: string): Promise<DeviceRow | undefined>;
  /** One that still holds a key, by its id or its name. Throws AtomError `not-found`. */
  require(ref: string): Promise<DeviceRow>;
  admit(wish: Admission): Promise<Admitted>;
  rename(row: DeviceRow, name: string): Promise<DeviceRow>;
  /** A key in the place of the old one; without one, the next that proves its own key fetches it. */
  rekey(row: DeviceRow, keyHash: string | undefined): Promise<DeviceRow>;
  revoke(row: DeviceRow): Promise<DeviceRow>;
}

export function createRoster(deps: RosterDeps): Roster {
  const { store, clock, audit } = deps;
  const change = async (next: DeviceRow, what: string): Promise<DeviceRow> => {
    await store.tx(async (sql) => {
      if (!(await updateDevice(sql, next))) throw gone(next.id);
      const { id: device, name, scopes } = next;
      await audit(sql, 'device.changed', { device, what, name, scopes: [...scopes] });
    });
    return next;
  };
  return {
    list: () => allDevices(store),
    find: (id) => deviceById(store, id),
    require: async (ref) => {
      const there = (await allDevices(store)).filter(({ revokedAt }) => revokedAt === undefined);
      const named = there.filter(({ name }) => name.toLowerCase() === ref.toLowerCase());
      const row = there.find(({ id }) => id === ref) ?? (named.length === 1 ? named[0] : undefined);
      if (row) return row;
      throw gone(ref, named.length);
    },
    admit: async (wish) => {
      if (wish.kind !== 'scopes') return await add(deps, wish);
      const row = await deviceById(store, wish.device);
      if (!row) throw gone(wish.device);
      await change({ ...row, scopes: wish.scopes }, 'scopes');
      return { device: row.id };
    },
    rename: (row, name) => change({ ...row, name: deviceName(name) }, 'name'),
    rekey: ({ keyHash: _, ...row }, keyHash) =>
      change(keyHash === undefined ? row : { ...row, keyHash }, 'key'),
    revoke: async (row) => {
      const revokedAt = clock.now();
      await store.tx(async (sql) => {
        if (!(await revokeDevice(sql, row.id, revokedAt))) throw gone(row.id);
        await audit(sql, 'device.revoked', { device: row.id, name: row.name });
      });
      return { ...row, revokedAt };
    },
  };
}

const add = (
  { store, audit, clock }: RosterDeps,
  wish: Exclude<Admission, { readonly kind: 'scopes' }>,
): Promise<Admitted> =>
  store.tx(async (sql) => {
    const { kind, name, scopes } = wish;
    const device = await insertDevice(sql, { ...wish, addedAt: clock.now() });
    const owner = kind === 'device' && wish.owner ? { user: wish.owner.user } : {};
    await audit(sql, 'device.added', { device, kind, name, scopes: [...scopes], ...owner });
    return { device };
  });

const gone = (ref: string, named = 0): AtomError =>
  new AtomError(
    'not-found',
    named > 1 ? `${named} devices are called ${ref}.` : `There is no device ${ref}.`,
    { next: ['See which there are:   atom devices list'] },
  );
