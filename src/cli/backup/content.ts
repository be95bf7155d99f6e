import { AtomError } from '../../base/errors.ts';
import { verifyAudit } from '../../governance/audit/verify.ts';
import { openStore } from '../../store/open.ts';
import { mediaDigests } from '../../store/tables/media.ts';
import type { Manifest } from './manifest.ts';

/**
 * The record in a copied database, and the digests of the files that it names. Throws AtomError `failed` where
 * the record does not hold: it would take the place of a good copy.
 */
export async function contentOf(
  database: string,
): Promise<Pick<Manifest, 'record'> & { readonly digests: readonly string[] }> {
  const store = await openStore({ file: database, readOnly: true });
  try {
    const found = await verifyAudit(store);
    if (found.ok)
      return {
        record: { entries: found.entries, head: found.head },
        digests: await mediaDigests(store),
      };
    throw new AtomError('failed', `The record was tampered with: ${found.problem}.`, {
      next: [`Look at it:   atom audit show ${found.seq}`],
    });
  } finally {
    await store.close();
  }
}
