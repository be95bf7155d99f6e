import type { Json } from '../base/json.ts';

/** What somebody asked for, as far as its words go. */
export interface Wish {
  readonly action: string;
  readonly resource: Json;
}

const MOST_CHARACTERS = 60;

/** Folders of the system, where a program is the same as by its bare name. */
const SYSTEM = /^\/(usr\/)?bin\//;

/**
 * What a record is kept by: the action and its first word, such as `shell.exec git`, `skill.call
 * weather`, `net.fetch example.org` or `file.write`. The words may be a model's: make them visible before they are shown.
 */
export function capabilityOf({ action, resource }: Wish): string {
  const word = firstWord(action, resource);
  return clip(word === undefined ? action : `${action} ${word.replace(SYSTEM, '')}`);
}

/** The words of a wish, for people: an argv, a path, a skill; else the action. Make them visible first. */
export function wordsOfWish({ action, resource }: Wish): readonly string[] {
  const argv = field(resource, 'argv');
  if (Array.isArray(argv)) return argv.map(String);
  const word = field(resource, 'path') ?? field(resource, 'skill') ?? field(resource, 'url');
  return typeof word === 'string' ? [action, word] : [action];
}

function firstWord(action: string, resource: Json): string | undefined {
  if (action === 'skill.call') return text(field(resource, 'skill'));
  if (action.startsWith('mcp.'))
    return text(field(resource, 'tool')) ?? text(field(resource, 'server'));
  if (action === 'net.fetch') return URL.parse(String(field(resource, 'url')))?.host;
  const argv = action === 'shell.exec' ? field(resource, 'argv') : undefined;
  return Array.isArray(argv) ? text(argv[0]) : undefined;
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const field = (resource: Json, name: string): Json | undefined =>
  resource === null || typeof resource !== 'object' || Array.isArray(resource)
    ? undefined
    : (resource as { readonly [key: string]: Json })[name];

const clip = (words: string): string =>
  words.length <= MOST_CHARACTERS
    ? words
    : `${words.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…`;
