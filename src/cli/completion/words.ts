import type { Command, Option } from 'commander';

/** One thing that may be typed next, and what it is for. */
export interface Word {
  readonly word: string;
  readonly says: string;
}

/** What may be given: words, and `@agents` for those that are looked up while somebody types. */
export type Values = readonly string[];

/** What may follow a command: `path` is its words behind `atom`, '' for atom itself. */
export interface Place {
  readonly path: string;
  /** Commands below it, by their own names. */
  readonly commands: readonly Word[];
  /** Its own options, long ones; those of '' may stand everywhere. */
  readonly options: readonly Word[];
  /** Those of them that take a value, by each of their names; empty where nobody can tell what. */
  readonly values: Readonly<Record<string, Values>>;
  /** What each of its arguments may be, the first one first. */
  readonly args: readonly Values[];
}

/** What is known of values beyond what the program itself names. */
export interface Known {
  /** Of an option, by its flags, or by the words of its command and its flags where it is another there. */
  readonly options: Readonly<Record<string, Values>>;
  /** Of arguments, by the words of their command. */
  readonly args: Readonly<Record<string, readonly Values[]>>;
  /** Places below a command that the program has no word for, such as each setting below `config set`. */
  readonly more: readonly Pick<Place, 'path' | 'commands' | 'args'>[];
}

/** Every place on a command line where something can be completed, from the program as it is. */
export function placesOf(program: Command, known: Known): readonly Place[] {
  const walk = (command: Command, path: string): readonly Place[] => {
    const help = command.createHelp();
    const below = help.visibleCommands(command);
    // What is meant where no command is named takes its options without being named.
    const meant = below.find((sub) => sub.name() === defaultOf(command));
    const options = [command, ...(meant ? [meant] : [])].flatMap((one) =>
      help.visibleOptions(one).filter(({ long }) => long !== '--help' || path === ''),
    );
    const place: Place = {
      path,
      commands: below.map((sub) => ({ word: sub.name(), says: brief(sub.description()) })),
      options: options.flatMap(({ long, description }) =>
        long ? [{ word: long, says: brief(description) }] : [],
      ),
      values: Object.fromEntries(options.flatMap((option) => valuesOf(option, path, known))),
      args: known.args[path] ?? [],
    };
    return [place, ...below.flatMap((sub) => walk(sub, `${path} ${sub.name()}`.trim()))];
  };
  return merged(walk(program, ''), known.more);
}

/** The places of the program with more below them, and those that it has no word for behind them. */
function merged(places: readonly Place[], more: Known['more']): readonly Place[] {
  const paths = places.map(({ path }) => path);
  return [
    ...places.map((place) => ({ ...place, ...more.find(({ path }) => path === place.path) })),
    ...more
      .filter(({ path }) => !paths.includes(path))
      .map((place) => ({ options: [], values: {}, ...place })),
  ];
}

/** Commander tells nobody which command of a group is meant where none is named. */
const defaultOf = (command: Command): string | undefined =>
  (command as Command & { readonly _defaultCommandName?: string | null })._defaultCommandName ??
  undefined;

function valuesOf(option: Option, path: string, known: Known): readonly [string, Values][] {
  const { flags, argChoices, long, short, required, optional } = option;
  if (!required && !optional) return [];
  const values = argChoices ?? known.options[`${path} ${flags}`] ?? known.options[flags] ?? [];
  return [long, short].flatMap((name) => (name ? [[name, values] as const] : [])).map(pair);
}

const pair = ([name, values]: readonly [string, Values]): [string, Values] => [name, values];

const WIDTH = 62;

/**
 * Menus are narrow, and one line: the first part of a description, as far as a semicolon or colon that stands
 * in no brackets; one that is still too long ends before half a word or bracket.
 */
export function brief(text: string): string {
  const first = partOf(text.split('\n', 1)[0] ?? '');
  if (first.length <= WIDTH) return first;
  // Neither half a word nor half a bracket.
  const cut = first
    .slice(0, WIDTH)
    .replace(/\s+\S*$/, '')
    .replace(/\s*\([^)]*$/, '');
  return `${cut}…`;
}

function partOf(line: string): string {
  let depth = 0;
  for (const [at, sign] of [...line].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0 && /^[;:] /.test(line.slice(at))) return line.slice(0, at);
  }
  return line;
}
