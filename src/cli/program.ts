import { Command, CommanderError, Option } from 'commander';
import { AtomError } from '../base/errors.ts';
import { failureFor } from '../base/hint.ts';
import type { Env } from '../config/env.ts';
import { nearest } from '../config/nearest.ts';
import { createCli } from './cli.ts';
import type { Act } from './commands/act.ts';
import { parseDuration, readFlags } from './flags.ts';
import { plainly, wantsPlain } from './out/plain.ts';
import { packageVersion } from './version.ts';

/** Adds the commands of a program, or of one that is known to be asked for no other. */
export type AddCommands = (program: Command, act: Act) => void;

/** Parses a command line, runs its command and returns the exit code. Throws AtomError. */
export async function runProgram(
  env: Env,
  argv: readonly string[],
  addCommands: AddCommands,
): Promise<number> {
  let code = 0;
  const act: Act =
    (run) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const cli = createCli(env, readFlags(command.optsWithGlobals()));
      code = (await run(cli, command.processedArgs, command.opts())) ?? 0;
    };
  const program = createProgram(act, addCommands);
  try {
    if (argv.length === 0) program.outputHelp();
    else await parse(program, argv);
  } catch (thrown) {
    throw failureFor(program.opts<{ profile?: string }>().profile ?? env.profile, thrown);
  }
  return code;
}

/** The whole command line as it is parsed; `act` makes of what a command does what is run. */
export function createProgram(act: Act, addCommands: AddCommands): Command {
  const program = new Command('atom')
    .description('a personal agent that asks before it acts')
    .version(packageVersion(), '-V, --version')
    .helpOption('-h, --help', 'say how a command is used')
    .helpCommand(false)
    .showSuggestionAfterError(true);
  for (const option of globalOptions()) program.addOption(option);
  addCommands(program, act);
  strict(program);
  return program;
}

const globalOptions = (): readonly Option[] => [
  new Option('-p, --profile <name>', 'another profile than "default"'),
  new Option('--json', 'one JSON object instead of words'),
  new Option('--plain', 'no colours, and words instead of signs'),
  new Option('--color <when>', 'whether there are colours')
    .choices(['auto', 'always', 'never'])
    .default('auto'),
  new Option('--no-color', 'no colours'),
  new Option('-q, --quiet', 'data and errors only'),
  new Option('-v, --verbose', 'say more (twice: everything)').argParser(
    (_: string, count: number | undefined) => (count ?? 0) + 1,
  ),
  new Option('--log-level <level>', 'how much is logged, as ATOM_LOG says it').choices([
    'debug',
    'info',
    'warn',
    'error',
  ]),
  new Option('-y, --yes', 'answer yes to local questions; never to an approval'),
  new Option('--no-input', 'ask nothing'),
  new Option('--timeout <duration>', 'give up waiting, such as 30s or 5m').argParser(parseDuration),
];

/** The help of every command, by its words with a space between them (`` for atom itself). */
export function allHelp(addCommands: AddCommands): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const read = (command: Command, words: readonly string[]): void => {
    const said: string[] = [];
    command.configureOutput({ writeOut: (text) => said.push(text) }).outputHelp();
    found[words.join(' ')] = said.join('');
    for (const sub of command.commands) read(sub, [...words, sub.name()]);
  };
  read(
    createProgram(() => async () => undefined, addCommands),
    [],
  );
  return found;
}

/** Commander throws instead of printing and leaving, for the whole tree. */
function strict(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: writeHelp });
  // The build keeps each help as a file: it may not depend on the terminal of whoever asks.
  command.configureHelp({ helpWidth: 80 });
  if (command.commands.length > 0 && command.parent !== null) {
    command.allowExcessArguments().action(() => {
      throw incomplete(command);
    });
  }
  for (const sub of command.commands) strict(sub);
}

const writeHelp = (text: string): void =>
  void process.stdout.write(wantsPlain() ? plainly(text) : text);

function incomplete(group: Command): AtomError {
  const { args, commands } = group;
  const full = (name: string): string => `atom ${group.name()} ${name}`;
  const names = commands.map((sub) => sub.name());
  if (args[0] === undefined) {
    return new AtomError('usage', `${full('').trim()} needs to be told what to do`, {
      next: names.map(full),
    });
  }
  const meant = nearest(args[0], names);
  return new AtomError('usage', `There is no command '${group.name()} ${cut(args[0])}'`, {
    next: [meant ? `Did you mean:   ${full(meant)}` : `There is: ${names.join(', ')}`],
  });
}

async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode !== 0) throw usage(thrown, wordsOf(program, argv));
  }
}

/** So much of a word is said again that was typed and is not known. */
const MOST_OF_A_WORD = 60;
const cut = (word: string): string =>
  word.length <= MOST_OF_A_WORD ? word : `${word.slice(0, MOST_OF_A_WORD - 1).toWellFormed()}…`;
const LONG_WORD = new RegExp(`[^'\\n]{${MOST_OF_A_WORD + 1},}(?=')`);

/** The command that was asked for, as far as there is one. */
function wordsOf({ commands }: Command, [word, ...rest]: readonly string[]): readonly string[] {
  const command = commands.find((one) => one.name() === word);
  return command ? [command.name(), ...wordsOf(command, rest)] : [];
}

function usage({ code, message }: CommanderError, asked: readonly string[]): AtomError {
  // What is too much is not repeated: it may be a secret that was meant for stdin.
  if (code === 'commander.excessArguments') return tooMany(message);
  // Nor is what an option was given that there is not.
  const [first = '', ...rest] = message
    .replace(/^error: /, '')
    .replace(/^(unknown option '[^'=]*)=.*'/, "$1'")
    .replace(LONG_WORD, (word) => cut(word))
    .split('\n');
  const meant = /\(Did you mean (?:one of )?(.+)\?\)/.exec(rest.join(' '))?.[1];
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  return new AtomError('usage', sentence, {
    next: [
      ...(meant ? [`Did you mean:   ${meant}`] : []),
      `See what there is:   ${['atom', ...asked].join(' ')} --help`,
    ],
  });
}

const tooMany = (message: string): AtomError =>
  new AtomError(
    'usage',
    `T${message.slice('error: t'.length).replace(/( but got \d+):.*$/s, '$1')}`,
    { next: ['Put words with spaces in quotes, and keys on stdin: they are no arguments.'] },
  );
