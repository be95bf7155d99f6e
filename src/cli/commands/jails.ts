import { type Command, Option } from 'commander';
import { gitModes } from '../../domain/jail-words.ts';
import type { Act } from './act.ts';

const STDIN = 'read the code of the second factor from stdin, where one is needed';

export function addJails(program: Command, act: Act): void {
  const jails = program.command('jails').description('Folders commands may touch, and how');
  jails
    .command('list')
    .alias('ls')
    .description('The folders of this profile')
    .action(act(async (cli) => (await import('../jails/list.ts')).listJails(cli)));
  jails
    .command('show')
    .description('Everything that a jail lets commands do, and what it keeps from them')
    .argument('<name>')
    .action(
      act(async (cli, [name]) => (await import('../jails/show.ts')).showJail(cli, `${name}`)),
    );
  addChanges(jails, act);
  jails
    .command('check')
    .description('Try to break out of the jail, and say what was tried and what held')
    .argument('[name]', 'a jail of yours: tries in it what it allows and what not')
    .action(
      act(async (cli, [name]) =>
        (await import('../jails/check.ts')).checkJails(
          cli,
          typeof name === 'string' ? name : undefined,
        ),
      ),
    );
}

function addChanges(jails: Command, act: Act): void {
  const add = jails
    .command('add')
    .summary('Let commands touch one more folder')
    .description(
      'Let commands touch one more folder. Files there are reached by their absolute path, and a ' +
        'command reaches the folder when it is run in it (its cwd). The workspace stays the folder ' +
        'that commands run in when none is named.',
    )
    .argument('<folder>', 'made if it is not there')
    .option('--name <name>', 'what to call it (the folder’s own name)');
  withJailOptions(add, 'read-write unless said').action(
    act(async (cli, [folder], given) => {
      const [{ addJail }, { jailOptions }] = await loaded();
      return addJail(cli, {
        folder: String(folder),
        options: jailOptions(given),
        ...(typeof given.name === 'string' ? { name: given.name } : {}),
        totpStdin: given.totpStdin === true,
      });
    }),
  );
  const set = jails
    .command('set')
    .summary('Change what commands may do in a jail')
    .description(
      'Change what commands may do in a jail. What is not given stays; a list that is given stands ' +
        'for the whole, limits are set one by one, and “none” empties any of them. Letting commands do more needs a code, where there ' +
        'is a second factor; letting them do less needs none.',
    )
    .argument('<name>');
  withJailOptions(set, 'whether commands may change files').action(
    act(async (cli, [name], given) => {
      const [{ setJail }, { jailOptions }] = await loaded();
      const totpStdin = given.totpStdin === true;
      return setJail(cli, String(name), { options: jailOptions(given), totpStdin });
    }),
  );
  jails
    .command('agree')
    .description('Use the jails as the settings have them now, where they were edited by hand')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, _, { totpStdin }) =>
        (await import('../jails/agree.ts')).agreeJails(cli, { totpStdin: totpStdin === true }),
      ),
    );
  jails
    .command('remove')
    .alias('rm')
    .description('Take a folder away again; its files stay')
    .argument('<name>')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [name], { totpStdin }) =>
        (await import('../jails/change.ts')).removeJail(cli, String(name), {
          totpStdin: totpStdin === true,
        }),
      ),
    );
}

const loaded = () => Promise.all([import('../jails/change.ts'), import('../jails/options.ts')]);

function withJailOptions(command: Command, mode: string): Command {
  const list = (flags: string, words: string): Option =>
    new Option(flags, words).argParser(gathered);
  return command
    .addOption(new Option('--mode <mode>', mode).choices(['read-only', 'read-write']))
    .addOption(
      list('--network <host>', 'a host commands may reach: example.org, *.example.org:8443'),
    )
    .addOption(new Option('--git <mode>', 'what of a repository may change').choices(gitModes))
    .addOption(list('--unprotected <name>', 'a protected name that may change: node_modules'))
    .addOption(list('--show <folder>', 'a folder outside that may be read'))
    .addOption(
      list('--limit <limit>', 'instead of the agent’s: wall=120s, memory=2GB, processes=64'),
    )
    .option('--totp-stdin', STDIN);
}

/** An option may be given several times, and hold several words between commas. */
const gathered = (given: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...given.split(',').filter(Boolean),
];
