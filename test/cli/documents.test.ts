import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { topics } from '../../src/cli/about/topics.ts';
import { addCommands } from '../../src/cli/commands/all.ts';
import { createProgram } from '../../src/cli/program.ts';

const root = join(import.meta.dirname, '..', '..');
const page = (path: string) => [path, readFileSync(join(root, path), 'utf8')] as const;

const pages = [
  page('README.md'),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => page(`docs/${name}`)),
];
const help = Object.entries(topics).map(([name, text]) => [`atom help ${name}`, text] as const);

const program = () => createProgram(() => async () => undefined, addCommands);

describe('every JSON that the documents show', () => {
  it.each([...pages, ...help])('in %s is JSON', (_, text) => {
    const wrong = jsonIn(text).filter((found) => !isJson(found));
    expect(wrong).toEqual([]);
  });

  it('is found: blocks, and what stands within a line', () => {
    const text = '```json\n[1,]\n```\nand `{"a":{"b":"}"}}` or {"c":"d":1}';
    expect(jsonIn(text)).toEqual(['[1,]\n', '{"a":{"b":"}"}}', '{"c":"d":1}']);
    expect(jsonIn(text).map(isJson)).toEqual([false, true, false]);
    expect(jsonIn('{"a":[1').map(isJson)).toEqual([false]);
  });
});

describe('every page', () => {
  it.each(pages)('%s has something below each heading', (_, text) => {
    const lines = text
      .replace(/^```.*?^```/gms, 'code')
      .split('\n')
      .filter(Boolean);
    const depth = (line = '# '): number => /^#* /.exec(line)?.[0].trim().length ?? 0;
    const empty = lines.filter(
      (line, at) =>
        depth(line) > 0 && depth(lines[at + 1]) > 0 && depth(lines[at + 1]) <= depth(line),
    );
    expect(empty).toEqual([]);
  });

  it.each(pages)('%s links and names only what is there', (path, text) => {
    const folder = dirname(join(root, path));
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)];
    const broken = links.filter(
      ([, to = '', anchor]) => !leads(to && join(folder, to), anchor, text),
    );
    expect(broken.map(([link]) => link)).toEqual([]);
    const code = [...text.matchAll(/`([a-z-]+(?:\/[\w.-]+)+\.tsx?)`/g)].map(
      ([, name = '']) => name,
    );
    const at = ['.', 'src', 'test'];
    expect(code.filter((name) => !at.some((top) => existsSync(join(root, top, name))))).toEqual([]);
  });
});

/** Whether a link has a file, and in it a heading; in this page where it names no file. */
function leads(file: string, anchor: string | undefined, page: string): boolean {
  if (file !== '' && !existsSync(file)) return false;
  const text = file === '' ? page : anchor ? readFileSync(file, 'utf8') : '';
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return anchor === undefined || headings.includes(anchor.slice(1));
}

describe('every command that the documents name', () => {
  it.each([...pages, ...help])('in %s is one that there is', (_, text) => {
    expect(linesIn(text).flatMap((line) => faultOf(line) ?? [])).toEqual([]);
  });

  it('is found, and told from one that there is not', () => {
    const text = [
      'Say `atom jials list`, or `atom stop --hard`; atom is fine, atom stats too.',
      '```',
      'echo x | atom feed --kind gossip   # what',
      'atom jails show one two && atom jails show one',
      '```',
      '  atom notify remove night, atom notify forget',
      'Say it by atom start --loud.',
    ].join('\n');
    expect(
      linesIn(text)
        .flatMap((line) => faultOf(line) ?? [])
        .toSorted(),
    ).toEqual([
      'atom feed --kind gossip: gossip is no value of --kind',
      'atom jails show one two: too much',
      'atom jials list: no such command',
      'atom notify forget: no such command',
      'atom start --loud: no option --loud',
      'atom stop --hard: no option --hard',
    ]);
  });
});

/** Blocks that say they are JSON, and whatever else begins as an object does. */
function jsonIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^ *```json\n(.*?)^ *```/gms)].map(([, block = '']) => block);
  // In Python a bracket may stand for something else.
  const rest = text.replace(/^ *```(json|python)\n.*?^ *```/gms, '');
  const found: string[] = [];
  for (let at = rest.indexOf('{"'); at >= 0; at = rest.indexOf('{"', at + 1)) {
    const length = lengthOf(rest.slice(at));
    found.push(rest.slice(at, at + length));
    at += length - 1;
  }
  return [...blocks, ...found];
}

/** As far as the bracket that closes the first one, or the end. */
function lengthOf(text: string): number {
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/g)) {
    if (part === '{' || part === '[') depth += 1;
    if (part === '}' || part === ']') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Commands as they are written: in code, on a line of their own in a topic, and in sentences what begins like one. */
function linesIn(text: string): readonly string[] {
  const code: string[] = [];
  const keep = (_: string, words: string): string => {
    code.push(...words.split('\n'));
    return '';
  };
  const prose = text.replace(/^```\w*\n(.*?)^```/gms, keep).replace(/`([^`\n]+)`/g, keep);
  const sentences = prose.replace(/^ {2,}(atom .*)$/gm, keep);
  const known = program().commands.map((command) => command.name());
  const isNamed = new RegExp(`^atom (${known.join('|')})( |$)`);
  const named = [sentences, ...code.map((line) => line.replace(/^\s*atom\b/, ''))].flatMap((part) =>
    [...part.matchAll(/\batom ([a-z0-9-]+)/g)].flatMap(({ 1: name = '', index }) =>
      known.includes(name) ? [sentence(part.slice(index).split('\n', 1)[0] ?? '')] : [],
    ),
  );
  const own = code.flatMap((line) =>
    line
      .split(/ (?:&&|\||;|#) | {2,}|, (?=atom )/)
      .map((part) => part.trim().replace(/^(\$ |npx )+/, ''))
      // Behind the first one there may be words about it.
      .filter((part, at) => (at === 0 ? /^atom [a-z0-9-]/ : isNamed).test(part)),
  );
  return [...own, ...named.filter((line) => !own.includes(line))];
}

/** Words of a sentence that are still of the command: its names, and the options right behind them. */
function sentence(text: string): string {
  const words = text.split(/[,.):;]*(?: |$)/).slice(1);
  let at: Command | undefined = program();
  const end = words.findIndex((word) => {
    at = at?.commands.find((sub) => sub.name() === word);
    return at === undefined && !word.startsWith('--');
  });
  return ['atom', ...(end < 0 ? words : words.slice(0, end))].join(' ');
}

/** What is wrong with a command line; undefined where nothing is. */
function faultOf(line: string): string | undefined {
  const words = wordsOf(line).slice(1);
  const end = words.indexOf('--');
  const fault = faultIn(end < 0 ? words : words.slice(0, end), program());
  return fault && `${line}: ${fault}`;
}

function faultIn(words: readonly string[], at: Command, root = at, given = 0): string | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return takesSoMany(at, given) ? undefined : 'too much';
  if (word.startsWith('-')) {
    const fault = optionFault(word, rest, [at, ...at.commands.filter(isMeant), root]);
    return fault ?? faultIn(rest, at, root, given);
  }
  if (at.commands.length === 0) return faultIn(rest, at, root, given + 1);
  const below = word.split('|').map((name) => named(at, name));
  if (below.includes(undefined)) return isOpen(word) ? undefined : 'no such command';
  return faultIn(rest, below[0] ?? at, root);
}

const takesSoMany = ({ registeredArguments: most }: Command, given: number): boolean =>
  given <= most.length || most.at(-1)?.variadic === true;

const named = ({ commands }: Command, name: string): Command | undefined =>
  commands.find((sub) => [sub.name(), ...sub.aliases()].includes(name));

/** Takes the value of an option from what follows it. */
function optionFault(word: string, rest: string[], commands: readonly Command[]) {
  const [name = '', value] = word.split('=');
  const option = commands
    .flatMap((command): readonly Option[] => command.options)
    .find(({ long, short }) => long === name || short === name);
  if (option === undefined)
    return name === '--help' || takesAll(commands[0]) ? undefined : `no option ${name}`;
  const next = option.required ? (value ?? rest.shift() ?? '') : '';
  const isOne = option.argChoices?.includes(next) ?? true;
  return isOne || isOpen(next) ? undefined : `${next} is no value of ${name}`;
}

/** What a skill or a tool is given, only that knows. */
const takesAll = (command: Command | undefined): boolean =>
  ['skills run', 'mcp call'].includes(`${command?.parent?.name()} ${command?.name()}`);

/** The command of a group that is meant where none is named. */
const isMeant = (command: Command): boolean => ['list', 'show'].includes(command.name());

/** A place for a word, and no word. */
const isOpen = (word: string): boolean => /[<>[\]…*]/.test(word) || word === '';

/** As a shell reads them, without what goes into a file. */
const wordsOf = (line: string): string[] =>
  (line.replace(/ [<>] \S+/g, '').match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? []).map((word) =>
    word.replace(/['"]/g, ''),
  );
