import { type Command, InvalidArgumentError } from 'commander';
import type { Complexity } from '../../domain/complexity.ts';
import type { Act } from './act.ts';
import { collect, STDIN } from './stand-options.ts';

const approve = () => import('../mcp/approve.ts');
const change = () => import('../mcp/change.ts');

export function addMcp(program: Command, act: Act): void {
  const mcp = program
    .command('mcp')
    .description('Servers of the Model Context Protocol, whose tools you let agents use');
  mcp
    .command('list')
    .alias('ls')
    .description('All of them, what they may touch, and their tools with how much they count as')
    .action(act(async (cli) => (await import('../mcp/list.ts')).listServers(cli)));
  addAdd(mcp, act);
  mcp
    .command('test')
    .description('Start one, or connect to it, and say what it says of itself')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await approve()).testServer(cli, String(name))));
  mcp
    .command('approve')
    .description('Look at the tools of a new or changed one, and let exactly those be used')
    .argument('<name>')
    .option('--digest <digest>', 'instead of a question: the beginning of the digest you looked at')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [name], { digest, totpStdin }) =>
        (await approve()).approveServer(cli, String(name), {
          ...(typeof digest === 'string' ? { digest } : {}),
          totpStdin: totpStdin === true,
        }),
      ),
    );
  addUse(mcp, act);
}

function addAdd(mcp: Command, act: Act): void {
  mcp
    .command('add')
    .summary('Name one: a program that runs in a jail, or an address')
    .description(
      'Name one: a program that runs in a jail (its command stands behind --, word by word), or an ' +
        'address. Nothing of it is used before you approve its tools.',
    )
    .argument('<name>', 'a–z and 0–9, such as files')
    .argument(
      '[command...]',
      'behind --: a program and its arguments; node is the one atom runs on',
    )
    .option('--url <address>', 'instead of a command')
    .option('--read <jail>', 'a jail of yours in which it may read')
    .option('--write <jail>', 'a jail of yours in which it may read and change files')
    .option(
      '--show <folder>',
      'a folder it may read, such as the one it is in; may be repeated',
      collect,
      [],
    )
    .option('--host <host>', 'a host it may speak to; may be repeated', collect, [])
    .option('--secret <pair>', 'VARIABLE=mcp.<name>.<secret>: given to the program', collect, [])
    .option(
      '--header <pair>',
      '"Authorization=Bearer mcp.<name>.<secret>": sent along',
      collect,
      [],
    )
    .option('--replace', 'in the place of one of the same name, to be approved again')
    .action(
      act(async (cli, [name, command], given) => {
        const text = (key: string) => {
          const value = given[key];
          return typeof value === 'string' ? { [key]: value } : {};
        };
        const list = (key: string) => given[key] as readonly string[];
        await (await import('../mcp/add.ts')).addServer(cli, String(name), {
          command: (command ?? []) as readonly string[],
          ...text('url'),
          ...text('read'),
          ...text('write'),
          show: list('show'),
          host: list('host'),
          secret: list('secret'),
          header: list('header'),
          replace: given.replace === true,
        });
      }),
    );
}

function addUse(mcp: Command, act: Act): void {
  mcp
    .command('classify')
    .description('Say how much a tool does: 1 looks, 2 says, 3 changes, 4 cannot be taken back')
    .argument('<name>')
    .argument('<tool>')
    .argument('<complexity>', '1 to 4', asComplexity)
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [server, tool, complexity], { totpStdin }) =>
        (await change()).classifyTool(
          cli,
          { server: String(server), tool: String(tool), complexity: complexity as Complexity },
          totpStdin === true,
        ),
      ),
    );
  mcp
    .command('call')
    .description('Call a tool yourself, once')
    .argument('<name>')
    .argument('<tool>')
    .argument('[input...]', 'its input: JSON, or --key value for each field')
    .option('--totp-stdin', STDIN)
    .allowUnknownOption()
    .action(
      act(async (cli, [server, tool, words], { totpStdin }) =>
        (await change()).callTool(
          cli,
          { server: String(server), tool: String(tool), words: words as readonly string[] },
          totpStdin === true,
        ),
      ),
    );
  mcp
    .command('remove')
    .alias('rm')
    .description('End one, and forget what you approved of it')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).removeServer(cli, String(name))));
}

function asComplexity(text: string): Complexity {
  if (/^[1-4]$/.test(text)) return Number(text) as Complexity;
  throw new InvalidArgumentError('It is a number from 1 to 4.');
}
