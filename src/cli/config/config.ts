import { AtomError } from '../../base/errors.ts';
import { hintFor } from '../../base/hint.ts';
import type { Json } from '../../base/json.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import { checkConfig, type Problem } from '../../config/check.ts';
import { type RawConfig, readConfig, readRaw, writeRaw } from '../../config/file.ts';
import { loadConfig } from '../../config/load.ts';
import { nearest } from '../../config/nearest.ts';
import type { Cli } from '../cli.ts';
import { flatten, put, readings, take } from './keys.ts';
import { refuseLooserSettings } from './refuse-looser.ts';

/** Prints one setting as it holds: text as it is, anything else as JSON. */
export async function getSetting(cli: Cli, key: string): Promise<void> {
  const config = (await loadConfig(cli.paths, cli.env)) as unknown as Json;
  const value = take(config, key);
  if (value === undefined) throw unknownKey(key, config);
  if (cli.out.json) return cli.out.object({ key, value });
  cli.out.raw(process.stdout.isTTY ? visibleBlock(shown(value)) : shown(value));
}

/** Writes one setting. Only what the schema takes is written; other problems of the file stay and are told. */
export async function setSetting(cli: Cli, key: string, text: string): Promise<number> {
  const raw = await existing(cli);
  const before = take(raw, key);
  const tries = readings(text).map((value) => {
    const next = put(raw, key, value);
    return { value, next, problems: problemsOf(next) };
  });
  const fits = tries.find(({ problems }) => !problems.some((problem) => concerns(problem, key)));
  if (fits === undefined) throw refused(tries[0]?.problems ?? [], key);
  await refuseLooserSettings(cli, raw, fits.next);
  await writeRaw(cli.paths, fits.next);
  if (cli.out.json) cli.out.object({ key, value: fits.value, before: before ?? null });
  cli.out.say(
    `${key} is ${visible(shown(fits.value))}. A running gateway takes it at its next start.`,
  );
  cli.out.hint(undo(key, before));
  return remaining(cli, fits.problems);
}

/** Takes one key out of the file. */
export async function unsetSetting(cli: Cli, key: string): Promise<number> {
  const raw = await existing(cli);
  const before = take(raw, key);
  if (before === undefined) {
    throw new AtomError('not-found', `"${key}" is not in ${cli.paths.configFile}`);
  }
  const next = put(raw, key, undefined);
  const problems = problemsOf(next);
  if (problems.some((problem) => problem.key === key)) throw refused(problems, key);
  await refuseLooserSettings(cli, raw, next);
  await writeRaw(cli.paths, next);
  if (cli.out.json) cli.out.object({ key, before });
  cli.out.say(`${key} is no longer set.`);
  cli.out.hint(undo(key, before));
  return remaining(cli, problems);
}

export async function listSettings(cli: Cli): Promise<void> {
  const config = (await loadConfig(cli.paths, cli.env)) as unknown as Json;
  if (cli.out.json) return cli.out.object({ config });
  for (const [key, value] of flatten(config)) cli.out.raw(visible(`${key} = ${shown(value)}`));
}

export function showPath({ out, paths }: Cli): void {
  if (out.json) out.object({ file: paths.configFile });
  else out.data(paths.configFile);
}

export async function validate(cli: Cli): Promise<void> {
  await readConfig(cli.paths);
  if (cli.out.json) cli.out.object({ valid: true, file: cli.paths.configFile });
  else cli.out.say(`${cli.paths.configFile} is valid.`);
}

async function existing({ paths }: Cli): Promise<RawConfig> {
  const raw = await readRaw(paths);
  if (raw !== undefined) return raw;
  throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
    next: ['Set it up:   atom init'],
  });
}

const problemsOf = (raw: RawConfig): readonly Problem[] => {
  const checked = checkConfig(raw);
  return checked.ok ? [] : checked.problems;
};

const concerns = (problem: Problem, key: string): boolean =>
  problem.key === key || problem.key.startsWith(`${key}.`) || key.startsWith(`${problem.key}.`);

const refused = (problems: readonly Problem[], key: string): AtomError =>
  new AtomError(
    'usage',
    problems
      .filter((problem) => concerns(problem, key))
      .map(({ message }) => message)
      .join('; '),
    { next: ['See every setting:   atom config list'] },
  );

const undo = (key: string, before: Json | undefined): string =>
  before === undefined
    ? `Undo:   atom config unset ${shellWord(key)}`
    : `Undo:   atom config set ${shellWord(key)} ${shellWord(shown(before))}`;

function remaining({ out, paths }: Cli, problems: readonly Problem[]): number {
  if (problems.length === 0) return 0;
  out.warn(`${paths.configFile} still has a problem:`);
  for (const { message, next } of problems) {
    out.warn(`  ${message}\n  ${hintFor(paths.profile, next)}`);
  }
  return 78;
}

function unknownKey(key: string, config: Json): AtomError {
  const meant = nearest(
    key,
    flatten(config).map(([name]) => name),
  );
  return new AtomError('usage', `"${key}" is not set`, {
    next: [
      ...(meant ? [`Did you mean:   atom config get ${meant}`] : []),
      'See every setting:   atom config list',
    ],
  });
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
