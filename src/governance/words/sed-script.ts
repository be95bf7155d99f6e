import type { Finding } from './finding.ts';

const NOT_READ: Finding = { effect: 'beyond', why: 'its script could not be read' };
const RUNS: Finding = { effect: 'beyond', why: 'its script runs another program' };
const WRITES: Finding = { effect: 'lose', why: 'its script writes a file' };

/** Where reading stands, and what was found up to there. Files are those that the script names. */
export interface SedReading {
  readonly findings: readonly Finding[];
  readonly files: readonly string[];
}

/**
 * What a script for sed does beside printing, in the grammar of GNU and POSIX. What is not surely read
 * counts as the worst. Some seds end an expression at a delimiter within brackets (`s/[/]/x/`): what a
 * script would do there counts as well, if it is one at all.
 */
export function readSedScript(script: string): SedReading {
  const usual = readCommands(script, true);
  if (!script.includes('[') || usual.findings.includes(NOT_READ)) return usual;
  const other = readCommands(script, false);
  return {
    findings: [...usual.findings, ...other.findings.filter((found) => found !== NOT_READ)],
    files: [...usual.files, ...other.files],
  };
}

function readCommands(text: string, brackets: boolean): SedReading {
  const findings: Finding[] = [];
  const files: string[] = [];
  for (let at = 0; at < text.length; ) {
    const found = readCommand({ text, brackets }, at);
    if (!found) return { findings: [...findings, NOT_READ], files };
    findings.push(...(found.findings ?? []));
    if (found.file) files.push(found.file);
    at = found.end;
  }
  return { findings, files };
}

interface Script {
  readonly text: string;
  /** Whether a delimiter within brackets is part of the expression. */
  readonly brackets: boolean;
}

interface Step {
  readonly end: number;
  readonly findings?: readonly Finding[];
  readonly file?: string;
}

/** One command with its addresses, or undefined where it is not understood. */
function readCommand(script: Script, start: number): Step | undefined {
  const begin = skip(script, start, /[\s;]/);
  if (begin >= script.text.length) return { end: begin };
  const addressed = readAddresses(script, begin);
  if (addressed === undefined) return undefined;
  const at = skip(script, addressed, /[\s!]/);
  const name = script.text.charAt(at);
  const read = COMMANDS.find(([names]) => name !== '' && names.includes(name))?.[1];
  return read?.(script, at + 1, name);
}

type Read = (script: Script, at: number, name: string) => Step | undefined;

/** The commands by their letters, and how to read what belongs to each. */
const COMMANDS: readonly (readonly [names: string, read: Read])[] = [
  ['{}=dDgGhHnNpPxzF', (_, at) => ({ end: at })],
  ['lLqQ', (script, at) => ({ end: skip(script, skip(script, at, / /), /\d/) })],
  [':btTv', (script, at) => ({ end: until(script, at, /[;\n]/) })],
  ['#', (script, at) => ({ end: until(script, at, /\n/) })],
  ['aic', (script, at) => ({ end: textEnd(script, at) })],
  ['e', (script, at) => ({ end: until(script, at, /\n/), findings: [RUNS] })],
  ['rRwW', (...given) => readFileName(...given)],
  ['s', (script, at) => readSubstitution(script, at)],
  ['y', (script, at) => readTransliteration(script, at)],
];

function readFileName(script: Script, at: number, name: string): Step {
  const end = until(script, at, /\n/);
  const file = script.text.slice(at, end).trim();
  return { end, file, findings: 'wW'.includes(name) ? [WRITES] : [] };
}

function readSubstitution(script: Script, at: number): Step | undefined {
  const end = delimited(script, at, 2);
  if (end === undefined) return undefined;
  const flagsEnd = skip(script, end, /[gpiIMm0-9e]/);
  const runs = script.text.slice(end, flagsEnd).includes('e') ? [RUNS] : [];
  if (script.text.charAt(flagsEnd) === 'w') {
    const written = readFileName(script, flagsEnd + 1, 'w');
    return { ...written, findings: [...runs, WRITES] };
  }
  return /^[ \t]*([;\n}#]|$)/.test(script.text.slice(flagsEnd))
    ? { end: flagsEnd, findings: runs }
    : undefined;
}

function readTransliteration(script: Script, at: number): Step | undefined {
  const end = delimited(script, at, 2);
  return end === undefined ? undefined : { end };
}

/** Up to two addresses, each a number, `$` or an expression, with what GNU lets follow. */
function readAddresses(script: Script, start: number): number | undefined {
  let at = start;
  for (let round = 0; round < 2; round++) {
    const end = readAddress(script, at);
    if (end === undefined) return undefined;
    const next = skip(script, end, / /);
    if (end === at || script.text.charAt(next) !== ',') return end;
    at = skip(script, next + 1, / /);
  }
  return undefined;
}

function readAddress(script: Script, at: number): number | undefined {
  const number = /^(?:\$|[+~]?\d+(?:~\d+)?)/.exec(script.text.slice(at, at + 40));
  if (number) return at + number[0].length;
  const custom = script.text.charAt(at) === '\\';
  if (!custom && script.text.charAt(at) !== '/') return at;
  const end = delimited(script, custom ? at + 1 : at, 1);
  return end === undefined ? undefined : skip(script, end, /[IM]/);
}

/**
 * Where an expression with its delimiters ends; `parts` many stand between them. Undefined where it has
 * no end or goes over lines.
 */
function delimited(script: Script, start: number, parts: number): number | undefined {
  const delimiter = script.text.charAt(start);
  if (!delimiter || /[\s\\;]/.test(delimiter)) return undefined;
  let at = start + 1;
  for (let part = 0; part < parts; part++) {
    const brackets = script.brackets && part === 0;
    const end = partEnd({ ...script, brackets }, at, delimiter);
    if (end === undefined) return undefined;
    at = end + 1;
  }
  return at;
}

/** Where the delimiter stands next; a line never ends before it. */
function partEnd(script: Script, start: number, delimiter: string): number | undefined {
  const { text, brackets } = script;
  let at = start;
  while (at < text.length && text.charAt(at) !== delimiter) {
    const char = text.charAt(at);
    const set = brackets && char === '[' ? bracketEnd(text, at) : at + 1;
    if (char === '\n' || set === undefined) return undefined;
    at = char === '\\' ? at + 2 : set;
  }
  return at < text.length ? at : undefined;
}

/** Behind a bracket expression on one line: `[^/]`, `[]a]`, `[[:space:]/]`. */
function bracketEnd(text: string, start: number): number | undefined {
  const pattern = /\[\^?\]?(?:\[[:.=][^\]\n]*[:.=]\]|(?!\[[:.=])[^\]\n])*\]/y;
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Text to add ends with its line, unless the line ends in a backslash. */
function textEnd(script: Script, start: number): number {
  let at = start;
  while (at < script.text.length && script.text.charAt(at) !== '\n')
    at += script.text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

function skip(script: Script, start: number, what: RegExp): number {
  let at = start;
  while (at < script.text.length && what.test(script.text.charAt(at))) at += 1;
  return at;
}

const until = (script: Script, start: number, what: RegExp): number => {
  const found = script.text.slice(start).search(what);
  return found < 0 ? script.text.length : start + found;
};
