import { type Command, Option } from 'commander';
import { AtomError } from '../../base/errors.ts';
import type { Mark } from '../../domain/identity.ts';
import { roles } from '../../domain/role.ts';
import type { UserWish } from '../users/users.ts';
import type { Act } from './act.ts';
import { collect, STDIN } from './stand-options.ts';

const load = () => import('../users/users.ts');

export function addUsers(program: Command, act: Act): void {
  const users = program
    .command('users')
    .description('People with accounts, agents and jails of their own');
  users
    .command('list', { isDefault: true })
    .alias('ls')
    .description('Everybody who has them')
    .action(act(async (cli) => (await load()).listUsers(cli)));
  users
    .command('show')
    .description('What one of them has')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await load()).showUser(cli, String(name))));
  const change = (name: string, description: string): Command =>
    users.command(name).description(description).argument('<name>').option('--totp-stdin', STDIN);
  withWish(change('add', 'Give somebody accounts, agents and jails of their own')).action(
    act(async (cli, [name], given) =>
      (await load()).addUser(cli, String(name), wishOf(given), proofOf(given)),
    ),
  );
  withWish(
    change('set', 'Change what somebody has; a list that is given stands for the whole'),
  ).action(
    act(async (cli, [name], given) =>
      (await load()).setUser(cli, String(name), wishOf(given), proofOf(given)),
    ),
  );
  change('identify', 'Say as whom an OpenID provider knows somebody (enterprise edition)')
    .addOption(new Option('--subject <id>', 'the provider’s own id of them').conflicts('email'))
    .option('--email <address>', 'an address of theirs that the provider has verified')
    .option('--remove', 'they are not known as that any more')
    .action(
      act(async (cli, [name], given) =>
        (await load()).identifyUser(cli, String(name), {
          mark: markIn(given),
          remove: given.remove === true,
          ...proofOf(given),
        }),
      ),
    );
  change('remove', 'Take it away again; what was kept for them stays')
    .alias('rm')
    .action(
      act(async (cli, [name], given) =>
        (await load()).removeUser(cli, String(name), proofOf(given)),
      ),
    );
  users
    .command('agree')
    .description('Use the users as the settings have them now, where they were edited by hand')
    .option('--totp-stdin', STDIN)
    .action(act(async (cli, _, given) => (await load()).agreeUsers(cli, proofOf(given))));
}

const withWish = (command: Command): Command =>
  command
    .addOption(new Option('--role <role>', 'what they may do (member)').choices([...roles]))
    .addOption(list('--sender <channel:id>', 'an account of theirs: telegram:5012233, device:d2'))
    .addOption(list('--agent <name>', 'an agent that works for them; the first one answers first'))
    .addOption(list('--jail <name>', 'a jail that is done in; without one, no command is run'))
    .addOption(
      new Option('--feed <whom>', 'who else reads what is told of their work').choices([...FEEDS]),
    );

const FEEDS = ['own', 'shared'] as const;

/** May be given several times. */
const list = (flags: string, words: string): Option =>
  new Option(flags, words).argParser((one: string, all: readonly string[] = []) =>
    collect(one, all),
  );

type Given = Readonly<Record<string, unknown>>;

function markIn({ subject, email }: Given): Mark {
  if (typeof subject === 'string') return { subject };
  if (typeof email === 'string') return { email: email.toLowerCase() };
  throw new AtomError('usage', 'Say as what they are known: --subject or --email.', {
    next: ['See how:   atom help users'],
  });
}

const proofOf = ({ totpStdin }: Given) => ({ totpStdin: totpStdin === true });

function wishOf({ role, sender, agent, jail, feed }: Given): UserWish {
  const as = <K extends keyof UserWish>(key: K, value: unknown): Pick<UserWish, K> | object =>
    value === undefined ? {} : { [key]: value };
  return {
    ...as('role', role),
    ...as('senders', sender),
    ...as('agents', agent),
    ...as('jails', jail),
    ...as('feed', feed),
  };
}
