import { existsSync, lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { AtomError, systemCode } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { checkPrivate } from '../base/private-file.ts';
import { shellWord } from '../base/shell-word.ts';
import { checkConfig } from './check.ts';
import { ensureFolder } from './folder.ts';
import type { Paths } from './paths.ts';
import type { Config } from './schema.ts';

/** A configuration file as it is written, checked by nobody yet. */
export type RawConfig = Record<string, Json>;

/** True where the profile was set up. Throws AtomError `config` where nobody can tell: its folder may not be entered. */
export function hasProfile(paths: Paths): boolean {
  try {
    return statSync(paths.configFile, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    throw unreadable(paths, cause);
  }
}

/**
 * The file's content, unchecked; undefined where there is none. Throws AtomError `config` where it is
 * not JSON, cannot be read, or may be read by others.
 */
export async function readRaw(paths: Paths): Promise<RawConfig | undefined> {
  if (!hasProfile(paths)) return undefined;
  checkPrivate(paths.configFile);
  try {
    return parseRaw(readFileSync(paths.configFile, 'utf8'));
  } catch (cause) {
    throw unreadable(paths, cause);
  }
}

/**
 * Writes the whole file, mode 0600 in a folder of mode 0700, in one step. One that is no JSON stays, unless this
 * `mends` it. Throws AtomError `config` where it cannot, or `refuseDangling` does.
 */
export async function writeRaw(
  paths: Paths,
  raw: RawConfig,
  { mends = false }: { readonly mends?: boolean } = {},
): Promise<void> {
  refuseDangling(paths);
  ensureFolder(paths.config);
  const file = await open(paths, mends);
  file.store = raw;
}

/**
 * Refuses a link that leads to nothing: to write through it would make a file where nobody sees it. AtomError
 * `config` with its target.
 */
export function refuseDangling({ configFile }: Paths): void {
  const found = lstatSync(configFile, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() !== true || existsSync(configFile)) return;
  throw new AtomError(
    'config',
    `${configFile} is a link to ${readlinkSync(configFile)}, where there is nothing.`,
    { next: [`Take the link away:   rm ${shellWord(configFile)}`] },
  );
}

/** The checked settings of the file alone. Throws AtomError `config`; a missing file is `config` too. */
export async function readConfig(paths: Paths): Promise<Config> {
  const raw = await readRaw(paths);
  if (raw === undefined) {
    throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
      next: ['Set it up:   atom init', 'Without questions:   atom init --yes'],
    });
  }
  const checked = checkConfig(raw);
  if (checked.ok) return checked.config;
  throw new AtomError(
    'config',
    `${paths.configFile}: ${checked.problems.map(({ message }) => message).join('\n  ')}`,
    { next: checked.problems.map(({ next }) => next) },
  );
}

/** Loaded to write only: it brings more code than all that reads the file. */
async function open(paths: Paths, mends: boolean) {
  const Conf = await loadConf();
  try {
    return new Conf<RawConfig>({
      cwd: paths.config,
      configName: 'config',
      projectSuffix: '',
      configFileMode: 0o600,
      clearInvalidConfig: false,
      // Its own keeps to itself where the text is broken.
      deserialize: mends ? () => ({}) : parseRaw,
    });
  } catch (cause) {
    throw unreadable(paths, cause);
  }
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * A library of conf's answers each of these signals by sending it once more, so that one Ctrl-C would be
 * two. It means to take away drafts of files, of which none is left here: writing waits for nothing.
 */
async function loadConf() {
  const before = SIGNALS.map((signal) => new Set(process.listeners(signal)));
  const { default: Conf } = await import('conf');
  SIGNALS.forEach((signal, at) => {
    for (const listener of process.listeners(signal))
      if (!before[at]?.has(listener)) process.off(signal, listener);
  });
  return Conf;
}

/** What a file of settings holds, unchecked. Throws what `settingsFault` has words for. */
export function parseRaw(text: string): RawConfig {
  const value: Json = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return value as RawConfig;
  throw new NoObject();
}

/** JSON that holds no settings: a list, a text, a number. */
class NoObject extends Error {}

function unreadable({ configFile }: Paths, cause: unknown): AtomError {
  const fault = settingsFault(cause);
  if (fault !== undefined)
    return new AtomError('config', `${configFile} is ${fault}`, {
      cause,
      next: ['Mend the file in an editor, or move it away and run:   atom init'],
    });
  return new AtomError('config', `${configFile} cannot be read: ${systemCode(cause) ?? cause}`, {
    cause,
    next: [`Look at it:   ls -l ${shellWord(configFile)}`],
  });
}

/** What keeps a text from being settings, after `parseRaw` threw it; undefined for anything else. */
export function settingsFault(thrown: unknown): string | undefined {
  if (thrown instanceof NoObject) return 'not an object: settings are {"version": 1, ...}';
  return thrown instanceof SyntaxError ? `not valid JSON: ${jsonFault(thrown)}` : undefined;
}

/** What the parser stumbled over, and where if it tells; without saying again that it is no JSON. */
function jsonFault({ message }: SyntaxError): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
  const reason = message
    .replace(/( in JSON)? at position .*$/s, '')
    .replace(/, .* is not valid JSON$/s, '');
  return line === undefined ? reason : `line ${line}, column ${column}: ${reason}`;
}
