import { AtomError } from '../../base/errors.ts';
import { channelOf, checkName, isOwnSecret } from '../../secrets/names.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { table } from '../out/table.ts';
import { knownSecrets } from './known.ts';
import { openSecrets } from './open.ts';

/** Stores a value that was piped in, or typed hidden. */
export async function setSecret(cli: Cli, name: string): Promise<void> {
  refuseOwn(name);
  const secrets = openSecrets(cli);
  const value = process.stdin.isTTY ? await typed(cli, name) : (await readStdin()).trim();
  if (value === '') throw new AtomError('usage', `The value of ${name} is empty`);
  const where = await secrets.set(name, value);
  await warnUnread(cli, name);
  if (cli.out.json) return cli.out.object({ name, where });
  cli.out.say(`Stored ${name} in ${(await secrets.where()).words}.`);
  const channel = channelOf(name);
  if (channel) cli.out.hint(`For a gateway that runs:   atom channels reopen ${channel}`);
  cli.out.hint(`Undo:   atom secrets remove ${name}`);
}

export async function listSecrets(cli: Cli): Promise<void> {
  const secrets = await openSecrets(cli).list();
  if (cli.out.json) return cli.out.object({ secrets });
  if (secrets.length === 0) return cli.out.say('No keys are stored.');
  for (const line of table(secrets.map(({ name, where }) => [name, where]))) cli.out.data(line);
}

export async function removeSecret(cli: Cli, name: string): Promise<void> {
  refuseOwn(name);
  if (!(await openSecrets(cli).remove(name))) {
    throw new AtomError('not-found', `"${name}" is not stored`, {
      next: ['See what is:   atom secrets list'],
    });
  }
  if (cli.out.json) return cli.out.object({ removed: name });
  cli.out.hint(`Removed ${name}. Store it again:   atom secrets set ${name}`);
}

/** The second factor's secret comes and goes with it, and a key of the record with the record. */
function refuseOwn(name: string): void {
  checkName(name);
  if (!isOwnSecret(name)) return;
  throw new AtomError('usage', `"${name}" belongs to atom itself and is not changed by hand`, {
    next: ['The second factor:   atom 2fa --help', 'The key of the record:   atom audit key'],
  });
}

/** A name with a slip in it is stored like any other, and found by nobody. */
async function warnUnread(cli: Cli, name: string): Promise<void> {
  const known = await knownSecrets(cli);
  if (known.includes(name)) return;
  cli.out.warn(`Nothing reads "${name}". What is read: ${known.join(', ')}.`);
}

async function typed(cli: Cli, name: string): Promise<string> {
  requirePerson(
    cli,
    `The value of ${name} is needed`,
    `Pipe it in:   atom secrets set ${name} < file`,
  );
  const asker = createAsker();
  try {
    return await asker.hidden(`Value of ${name} (not shown): `);
  } finally {
    asker.close();
  }
}
