import { asAtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { parseSigner } from '../base/signed-note.ts';
import type { NotaryDeps } from '../governance/audit/notary.ts';
import { RECORD_KEY } from '../secrets/names.ts';
import type { Secrets } from '../secrets/secrets.ts';

/**
 * The keys of the record, kept where other secrets are. Where none can be kept, the record is signed all
 * the same, by a key that lives as long as this process; the next start says that it is gone.
 */
export function recordKeys(secrets: Secrets, log: Log): NotaryDeps['keys'] {
  const or = async <T>(work: Promise<T>, what: string): Promise<T | undefined> => {
    try {
      return await work;
    } catch (thrown) {
      log.error(`${what}: ${asAtomError(thrown).message}`);
      return undefined;
    }
  };
  return {
    get: (id) => or(secrets.get(`${RECORD_KEY}${id}`), 'the key of the record cannot be read'),
    set: async (id, secret) => {
      await or(secrets.set(`${RECORD_KEY}${id}`, secret), 'the key of the record cannot be kept');
    },
    remove: async (id) => {
      await or(secrets.remove(`${RECORD_KEY}${id}`), 'the old key of the record is still there');
    },
  };
}

/** The public texts of the keys of the record that are kept here: what a verifier may trust. */
export async function trustedKeys(secrets: Secrets): Promise<readonly string[]> {
  const names = (await secrets.list()).map(({ name }) => name);
  const kept = await Promise.all(
    names.filter((name) => name.startsWith(RECORD_KEY)).map((name) => secrets.get(name)),
  );
  return kept.flatMap((secret) => parseSigner(secret ?? '')?.text ?? []);
}
