import { AtomError } from '../../base/errors.ts';
import { auditKeys, knowsKeys } from '../../store/tables/audit-keys.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { withRecord } from './open.ts';

/** The text of the key that signs the record now; undefined where none does yet. */
export const keyOf = (cli: Cli): Promise<string | undefined> =>
  withRecord(cli, async (sql) =>
    (await knowsKeys(sql)) ? (await auditKeys(sql)).at(-1)?.key : undefined,
  );

/** Prints the public key that signs the record. */
export async function showKey(cli: Cli): Promise<void> {
  const key = await keyOf(cli);
  if (key === undefined) {
    throw new AtomError('not-found', 'Nothing signs this record yet.', {
      next: ['The next start makes a key:   atom start'],
    });
  }
  if (cli.out.json) return cli.out.object({ key });
  cli.out.data(key);
  cli.out.say('Keep it elsewhere: whoever has it can verify what this machine exports.');
}

/** Lets another key sign from now on, which the old one vouches for; the old one is forgotten. */
export async function rotateKey(cli: Cli, totpStdin: boolean): Promise<void> {
  const { key } = await withGateway(cli, false, async (gateway) => {
    const { enrolled } = await gateway.request('factor.status', {});
    const proof = enrolled ? { code: await askCode(cli, totpStdin) } : {};
    return gateway.request('record.rotate', proof);
  });
  if (cli.out.json) return cli.out.object({ key });
  cli.out.data(key);
  cli.out.say('This key signs from now on. The one before it says so in its last checkpoint.');
}
