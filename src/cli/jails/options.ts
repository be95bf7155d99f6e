import { realpathSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { parseHostPattern } from '../../domain/host-pattern.ts';
import type { JailLimits, JailSpec } from '../../domain/jail.ts';
import { limitNames, limitUnits } from '../../domain/jail-limits.ts';
import { gitModes, gitOf } from '../../domain/jail-words.ts';
import { checkShown } from '../../jail/shown.ts';
import type { Cli } from '../cli.ts';
import { absolute, folderRules } from './folder.ts';
import { type GivenLimits, withLimits } from './limit-option.ts';

/** What of a jail is given on the command line. Each list stands for the whole; `none` empties it. */
export interface JailOptions {
  readonly mode?: JailSpec['mode'];
  readonly network?: readonly string[];
  readonly git?: NonNullable<JailSpec['git']>;
  readonly unprotected?: readonly string[];
  readonly show?: readonly string[];
  readonly limit?: GivenLimits;
}

/** The options as commander read them; those that were not given are absent. */
export function jailOptions(given: Readonly<Record<string, unknown>>): JailOptions {
  const list = (name: string) => {
    const value = given[name];
    return Array.isArray(value) ? { [name]: value.map(String) } : {};
  };
  const git = gitModes.find((mode) => mode === given.git);
  return {
    ...(given.mode === 'read-only' || given.mode === 'read-write' ? { mode: given.mode } : {}),
    ...(git === undefined ? {} : { git }),
    ...list('network'),
    ...list('unprotected'),
    ...list('show'),
    ...list('limit'),
  };
}

/**
 * A jail with these options; what is not given stays. `all` are the jails beside which it will be.
 * Throws AtomError `usage` or `blocked` for what no jail can have.
 */
export function withOptions(
  cli: Cli,
  jail: JailSpec,
  { options, all }: { readonly options: JailOptions; readonly all: readonly JailSpec[] },
): JailSpec {
  const { network, git, unprotected, shows, limits, ...plain } = jail;
  const shown = options.show?.map((path) => (path === 'none' ? path : realPath(cli, path)));
  const next = {
    network: listOf(options.network, network),
    git: options.git ?? git,
    unprotected: listOf(options.unprotected, unprotected),
    shows: listOf(shown, shows),
    limits: withLimits(limits, options.limit),
  };
  for (const host of next.network ?? []) parseHostPattern(host);
  if (options.show !== undefined)
    for (const path of next.shows ?? []) checkShown(folderRules(cli), [...all, jail], path);
  return {
    ...plain,
    mode: options.mode ?? plain.mode,
    ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)),
  };
}

function listOf(
  given: readonly string[] | undefined,
  before: readonly string[] | undefined,
): readonly string[] | undefined {
  if (given === undefined) return before;
  const kept = [...new Set(given)].filter((word) => word !== 'none');
  return kept.length === 0 ? undefined : kept;
}

function realPath({ env }: Cli, path: string): string {
  const whole = absolute(env, path);
  try {
    return realpathSync(whole);
  } catch (cause) {
    throw new AtomError('not-found', `There is no folder ${visible(whole)} to show`, { cause });
  }
}

/** The options that change `before` into `jail`, as they would be typed. */
export function typedOptions(jail: JailSpec, before: Partial<JailSpec>): readonly string[] {
  const list = (flag: string, now: readonly string[] = [], then: readonly string[] = []) =>
    now.join() === then.join()
      ? []
      : (now.length === 0 ? ['none'] : now).flatMap((word) => [flag, word]);
  return [
    ...(jail.mode === before.mode ? [] : ['--mode', jail.mode]),
    ...list('--network', jail.network, before.network),
    ...(gitOf(jail) === gitOf(before) ? [] : ['--git', gitOf(jail)]),
    ...list('--unprotected', jail.unprotected, before.unprotected),
    ...list('--show', jail.shows, before.shows),
    ...limitOptions(typedLimits(jail.limits), typedLimits(before.limits)),
  ];
}

/** Limits are set one by one, so those that were there are taken back first. */
const limitOptions = (now: readonly string[], then: readonly string[]): readonly string[] =>
  now.join() === then.join()
    ? []
    : [...(then.length === 0 ? [] : ['none']), ...now].flatMap((word) => ['--limit', word]);

const typedLimits = (limits: Partial<JailLimits> = {}): readonly string[] =>
  limitNames.flatMap((name) => {
    const value = limits[name];
    if (value === undefined) return [];
    const { option, factor, kind } = limitUnits[name];
    const word = { time: 's', count: '', bytes: factor === 1024 ? 'KB' : 'MB' }[kind];
    return [`${option}=${value / factor}${word}`];
  });
