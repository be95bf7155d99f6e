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
 * counts as the worst: two seds that disagree on where an expression ends must not matter.
 */
export function readSedScript(script: string): SedReading {
  const findings: Finding[] = [];
  const files: string[] = [];
  let at = 0;
  while (at < script.length) {
    const found = readCommand(script, at);
    if (!found) return { findings: [...findings, NOT_READ], files };
    findings.push(...(found.findings ?? []));
    if (found.file) files.push(found.file);
    at = found.end;
  }
  return { findings, files };
}

interface Step {
  readonly end: number;
  readonly findings?: readonly Finding[];
  readonly file?: string;
}

/** One command with its addresses, or undefined where it is not understood. */
function readCommand(script: string, start: number): Step | undefined {
  const begin = skip(script, start, /[\s;]/);
  if (begin >= script.length) return { end: begin };
  const addressed = readAddresses(script, begin);
  if (addressed === undefined) return undefined;
  const at = skip(script, addressed, /[\s!]/);
  const name = script.charAt(at);
  const read = COMMANDS.find(([names]) => name !== '' && names.includes(name))?.[1];
  return read?.(script, at + 1, name);
}

type Read = (script: string, at: number, name: string) => Step | undefined;

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

function readFileName(script: string, at: number, name: string): Step {
  const end = until(script, at, /\n/);
  const file = script.slice(at, end).trim();
  return { end, file, findings: 'wW'.includes(name) ? [WRITES] : [] };
}

function readSubstitution(script: string, at: number): Step | undefined {
  const end = delimited(script, at, 2);
  if (end === undefined) return undefined;
  const flagsEnd = skip(script, end, /[gpiIMm0-9e]/);
  const runs = script.slice(end, flagsEnd).includes('e') ? [RUNS] : [];
  if (script.charAt(flagsEnd) === 'w') {
    const written = readFileName(script, flagsEnd + 1, 'w');
    return { ...written, findings: [...runs, WRITES] };
  }
  return /^[ \t]*([;\n}#]|$)/.test(script.slice(flagsEnd))
    ? { end: flagsEnd, findings: runs }
    : undefined;
}

function readTransliteration(script: string, at: number): Step | undefined {
  const end = delimited(script, at, 2);
  return end === undefined ? undefined : { end };
}

/** Up to two addresses, each a number, `$` or an expression, with what GNU lets follow. */
function readAddresses(script: string, start: number): number | undefined {
  let at = start;
  for (let round = 0; round < 2; round++) {
    const end = readAddress(script, at);
    if (end === undefined) return undefined;
    const next = skip(script, end, / /);
    if (end === at || script.charAt(next) !== ',') return end;
    at = skip(script, next + 1, / /);
  }
  return undefined;
}

function readAddress(script: string, at: number): number | undefined {
  const number = /^(?:\$|[+~]?\d+(?:~\d+)?)/.exec(script.slice(at, at + 40));
  if (number) return at + number[0].length;
  const custom = script.charAt(at) === '\\';
  if (!custom && script.charAt(at) !== '/') return at;
  const end = delimited(script, custom ? at + 1 : at, 1);
  return end === undefined ? undefined : skip(script, end, /[IM]/);
}

/**
 * Where an expression with its delimiters ends; `parts` many stand between them. Undefined where it has
 * no end, goes over lines, or holds its delimiter in brackets, which seds read differently.
 */
function delimited(script: string, start: number, parts: number): number | undefined {
  const delimiter = script.charAt(start);
  if (!delimiter || /[\s\\;]/.test(delimiter)) return undefined;
  let at = start + 1;
  for (let part = 0; part < parts; part++) {
    const end = partEnd(script, at, delimiter);
    if (end === undefined || (part === 0 && opensBracket(script.slice(at, end)))) return undefined;
    at = end + 1;
  }
  return at;
}

/** Where the delimiter stands next; a line never ends before it. */
function partEnd(script: string, start: number, delimiter: string): number | undefined {
  let at = start;
  while (at < script.length && script.charAt(at) !== delimiter) {
    if (script.charAt(at) === '\n') return undefined;
    at += script.charAt(at) === '\\' ? 2 : 1;
  }
  return at < script.length ? at : undefined;
}

/** True where a bracket expression is still open at the end: `[^` or `[]a`. */
function opensBracket(expression: string): boolean {
  let at = 0;
  while (at < expression.length) {
    if (expression.charAt(at) === '\\') at += 2;
    else if (expression.charAt(at) !== '[') at += 1;
    else {
      const set = /^\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/.exec(expression.slice(at));
      if (!set) return true;
      at += set[0].length;
    }
  }
  return false;
}

/** Text to add ends with its line, unless the line ends in a backslash. */
function textEnd(script: string, start: number): number {
  let at = start;
  while (at < script.length && script.charAt(at) !== '\n') at += script.charAt(at) === '\\' ? 2 : 1;
  return at;
}

function skip(script: string, start: number, what: RegExp): number {
  let at = start;
  while (at < script.length && what.test(script.charAt(at))) at += 1;
  return at;
}

const until = (script: string, start: number, what: RegExp): number => {
  const found = script.slice(start).search(what);
  return found < 0 ? script.length : start + found;
};
