import { createLog, type LogLine } from '../../../src/base/log.ts';
import type { Store } from '../../../src/domain/store.ts';
import { type Audit, createAudit } from '../../../src/governance/audit/append.ts';
import { type Notary, type NotaryDeps, openNotary } from '../../../src/governance/audit/notary.ts';
import { freshStore, type HeldClock, heldClock } from '../../store/fresh.ts';

/** A record that is signed, the keys it is signed with, and what was logged. */
export interface Signed {
  readonly store: Store;
  readonly file: string;
  readonly clock: HeldClock;
  readonly audit: Audit;
  readonly secrets: Map<string, string>;
  readonly said: LogLine[];
  readonly notary: Notary;
  /** Opens it again, as a start does. */
  reopen(more?: Partial<NotaryDeps>): Promise<Notary>;
  /** Records some entries, each in a transaction of its own. */
  record(count: number, kind?: string): Promise<void>;
}

/** A fresh record with a key. */
export async function signedRecord(): Promise<Signed> {
  const { store, file } = await freshStore();
  const clock = heldClock();
  const audit = createAudit(clock);
  const secrets = new Map<string, string>();
  const said: LogLine[] = [];
  const reopen: Signed['reopen'] = (more = {}) =>
    openNotary({
      store,
      audit,
      clock,
      profile: 'test',
      signedElsewhere: () => 0,
      log: createLog((line) => said.push(line)),
      keys: memoryKeys(secrets),
      ...more,
    });
  const notary = await reopen();
  let count = 0;
  const record: Signed['record'] = async (some, kind = 'begun') => {
    for (let i = 0; i < some; i++) {
      clock.pass(10);
      await store.tx((sql) => audit(sql, kind, { run: `r${count++}`, words: ['ls', 'é😀', '-l'] }));
    }
  };
  return { store, file, clock, audit, secrets, said, notary, reopen, record };
}

export const memoryKeys = (secrets: Map<string, string>): NotaryDeps['keys'] => ({
  get: async (id) => secrets.get(id),
  set: async (id, secret) => void secrets.set(id, secret),
  remove: async (id) => void secrets.delete(id),
});
