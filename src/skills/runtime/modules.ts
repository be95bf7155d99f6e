import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { JailSpec, JailStatus, LaunchResult } from '../../domain/jail.ts';
import { AHEAD } from '../inside/ahead.ts';
import { converse } from './converse.ts';
import { emptyJail, isEmpty, type SkillHost } from './host.ts';
import type { Pool } from './pool.ts';
import { type SkillProcess, startProcess, type Use } from './process.ts';

/** A compiled module: its file, and the SHA-256 that it has to have. */
export interface Module {
  readonly module: string;
  readonly digest: string;
}

/** It only has to say what it is; nobody's other skills wait longer for one that does not. */
const DESCRIBE_MS = 10_000;

/** One call of one skill of a module. */
export interface ModuleCall extends Module {
  readonly skill: string;
  readonly input: Json;
  readonly jail: JailSpec;
  /** The run that it belongs to. */
  readonly run: string;
  readonly use: Use;
}

/**
 * What the skills of a module say of themselves: a list. Throws AtomError `failed` with the module's own
 * words or because it took longer than `wallMs`, `unavailable` where there is no jail.
 */
export async function describeModule(
  host: SkillHost,
  { wallMs = DESCRIBE_MS, ...module }: Module & { readonly wallMs?: number | undefined },
  signal: AbortSignal,
): Promise<Json> {
  requireJail(await host.status());
  const questions = [await loading(module), ['describe', {}]] as const;
  const process = startRunner(host, emptyJail(host));
  const conversation = { questions, use: nothing, wallMs, traceless: true };
  return (await converse(process, conversation, signal)).value;
}

/**
 * Calls a skill once, in a process that was started before where it needs no files and one is there, and
 * gives back its value. Throws as `describeModule` does, and `blocked` where the module changed.
 */
export async function callModule(
  { host, pool }: { readonly host: SkillHost; readonly pool: Pick<Pool, 'begin' | 'take'> },
  { skill, input, jail, run, use, ...module }: ModuleCall,
  signal: AbortSignal,
): Promise<Json> {
  requireJail(await host.status());
  const questions = [await loading(module), ['call', { skill, input }]] as const;
  const back = pool.begin();
  try {
    const traceless = isEmpty(host, jail);
    const process = (traceless ? pool.take() : undefined) ?? startRunner(host, jail, { run });
    const { value, result } = await converse(process, { questions, use, traceless }, signal);
    return withLeft(value, result);
  } finally {
    back();
  }
}

/** Who a runner is started for. */
export interface RunnerFor {
  /** The run that it belongs to, where it is known before. */
  readonly run?: string;
  /** It waits for a call, and makes itself as quick as it can meanwhile. */
  readonly ahead?: boolean;
}

/** The runner in its jail, with no skill yet. */
export function startRunner(
  host: SkillHost,
  jail: JailSpec,
  { run, ahead = false }: RunnerFor = {},
): SkillProcess {
  const runner = `/opt/atom/runner${extname(host.runnerPath) === '.ts' ? '.mts' : '.mjs'}`;
  return startProcess(host, {
    jail,
    run,
    argv: ['/opt/atom/node', runner, ...(ahead ? [AHEAD] : [])],
    readOnly: [
      { host: host.nodePath, inside: '/opt/atom/node' },
      { host: host.runnerPath, inside: runner },
    ],
  });
}

/** Exactly the bytes that were looked at are what is handed over. */
async function loading({ module, digest }: Module): Promise<readonly ['load', Json]> {
  const code = await readFile(module);
  if (sha256(code) === digest) return ['load', { code: code.toString('utf8') }];
  throw new AtomError('blocked', 'The skill changed since it was loaded.', {
    next: ['Ask for it again.'],
  });
}

export function requireJail({ state }: JailStatus): void {
  if (state === 'ready') return;
  throw new AtomError('unavailable', 'No skill can run, because there is no jail that holds.', {
    next: ['atom doctor'],
  });
}

/** What a skill gives back is its own; what it left besides is told in a value of ours around it. */
export function withLeft(value: Json, result: LaunchResult | undefined): Json {
  const { quarantined, notes }: Pick<LaunchResult, 'quarantined' | 'notes'> = result ?? {};
  if (!quarantined && !notes) return value;
  return {
    value,
    ...(quarantined ? { quarantined: [...quarantined] } : {}),
    ...(notes ? { notes: [...notes] } : {}),
  };
}

/** While it is described it may ask for nothing. */
const nothing: Use = {
  serve: () =>
    Promise.reject(
      new AtomError('blocked', 'A skill can ask for something only while it is called.'),
    ),
  onPrinted: () => undefined,
};
