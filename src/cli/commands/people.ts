import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Role, roles } from '../../domain/role.ts';
import type { Act } from './act.ts';

const change = () => import('../people/change.ts');
const TOTP = ['--totp-stdin', 'read the code of the second factor from stdin'] as const;
/** Throws for what is none: the argument of a command. */
function knownRole(value: unknown): Role {
  const role = roleIn(value);
  if (role) return role;
  throw new InvalidArgumentError(`Give one of: ${roles.join(', ')}.`);
}

const roleIn = (value: unknown): Role | undefined => roles.find((one) => one === value);

export function addPair(program: Command, act: Act): void {
  program
    .command('pair')
    .description('Show a QR and link that make your chat account known to atom')
    .argument('[channel]', 'such as telegram; without it: what can be paired')
    .addOption(new Option('--role <role>', 'what the account will be').choices([...roles]))
    .option('--full', 'a large QR code, for terminals that put space between lines')
    .action(
      act(async (cli, [channel], { role, full }) => {
        if (typeof channel !== 'string')
          return (await import('../people/channels.ts')).listPairable(cli);
        await (await import('../people/pair.ts')).pair(cli, {
          channel,
          role: roleIn(role) ?? 'owner',
          full: full === true,
        });
      }),
    );
}

export function addSenders(program: Command, act: Act): void {
  const senders = program
    .command('senders')
    .description('Who may talk to atom, and as what (owner, member, guest)');
  senders
    .command('list')
    .alias('ls')
    .description('Everybody who is known, and who waits')
    .option('--words', 'also how the strangers’ first messages begin')
    .action(
      act(async (cli, _, { words }) =>
        (await import('../people/senders.ts')).listSenders(cli, words === true),
      ),
    );
  addApprove(senders, act);
  addTightening(senders, act);
  senders
    .command('role')
    .description('Let somebody do more or less')
    .argument('<who>', 'their handle or id, from atom senders list')
    .argument('<role>', roles.join(', '))
    .option(...TOTP)
    .action(
      act(async (cli, [who, role], { totpStdin }) =>
        (await change()).setRole(cli, {
          who: String(who),
          role: knownRole(role),
          totpStdin: totpStdin === true,
        }),
      ),
    );
}

function addApprove(senders: Command, act: Act): void {
  senders
    .command('approve')
    .description('Let somebody in who waits, as a guest unless you say otherwise')
    .argument('<code>', 'the code that they were given, or the id that senders list shows')
    .addOption(new Option('--role <role>', 'what they will be').choices([...roles]))
    .option(...TOTP)
    .action(
      act(async (cli, [code], { role, totpStdin }) =>
        (await change()).approve(cli, {
          ref: String(code),
          role: roleIn(role),
          totpStdin: totpStdin === true,
        }),
      ),
    );
  senders
    .command('deny')
    .description('Refuse somebody who waits')
    .argument('<code>', 'the code that they were given, or the id that senders list shows')
    .action(act(async (cli, [code]) => (await change()).deny(cli, String(code))));
}

function addTightening(senders: Command, act: Act): void {
  senders
    .command('block')
    .description('Never answer somebody again')
    .argument('<who>', 'their handle or id, from atom senders list')
    .action(act(async (cli, [who]) => (await change()).block(cli, String(who))));
  senders
    .command('revoke')
    .description('Know somebody no more, from their next message on')
    .argument('<who>', 'their handle or id, from atom senders list')
    .action(act(async (cli, [who]) => (await change()).revoke(cli, String(who))));
}
