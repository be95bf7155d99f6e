import { existsSync } from 'node:fs';
import { systemClock } from '../../base/clock.ts';
import type { Halted } from '../../domain/halt.ts';
import { createAudit } from '../../governance/audit/append.ts';
import { openStore } from '../../store/open.ts';
import { findHalt, putHalt } from '../../store/tables/halt.ts';
import type { Manifest } from './manifest.ts';

/**
 * Brings a restored database up to date and lets its record say that it was restored, and from what.
 * `present` is the database that it takes the place of.
 */
export async function noteRestored(
  file: string,
  { at, record }: Manifest,
  present: string,
): Promise<void> {
  const halted = await heldNow(present);
  const store = await openStore({ file });
  try {
    const audit = createAudit(systemClock);
    await store.tx(async (sql) => {
      if (halted) await putHalt(sql, halted);
      await audit(sql, 'backup.restored', { of: at, ...record });
    });
  } finally {
    await store.close();
  }
}

/** An emergency stop is not lifted by going back to before it. A database that cannot be read holds none. */
async function heldNow(database: string): Promise<Halted | undefined> {
  if (!existsSync(database)) return undefined;
  try {
    const store = await openStore({ file: database, readOnly: true });
    return await findHalt(store).finally(() => store.close());
  } catch {
    return undefined;
  }
}
