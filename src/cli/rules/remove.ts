import { AtomError } from '../../base/errors.ts';
import { offerLine } from '../../domain/standing-approval.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { readRules, saveRules } from './save.ts';
import { addLine } from './words.ts';

/** Ids of standing approvals begin so; names of rules may too, and come first. */
const STANDING = /^s-[a-z0-9]+$/;

/** Takes a rule away, which needs the second factor where there is one, or a standing approval back. */
export async function removeRule(
  cli: Cli,
  name: string,
  from: { readonly totpStdin: boolean },
): Promise<void> {
  const rules = await readRules(cli);
  const gone = rules.find((rule) => rule.name === name);
  if (!gone) return STANDING.test(name) ? await revoke(cli, name) : unknown(name);
  await saveRules(
    cli,
    rules.filter((rule) => rule !== gone),
    from,
  );
  if (cli.out.json) return cli.out.object({ removed: gone });
  cli.out.say(`Removed ${name}. What it stopped may pass now.`);
  cli.out.hint(`Undo:   ${addLine(gone)}`);
}

async function revoke(cli: Cli, id: string): Promise<void> {
  const { revoked } = await withGateway(cli, false, (gateway) =>
    gateway.request('standing.revoke', { id }),
  );
  if (cli.out.json) return cli.out.object({ revoked });
  cli.out.say(`Took ${id} back: ${offerLine(revoked)} is asked about again.`);
}

function unknown(name: string): never {
  throw new AtomError('not-found', `There is no rule "${name}"`, {
    next: ['See which there are:   atom rules list'],
  });
}
