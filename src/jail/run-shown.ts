import type { Json } from '../base/json.ts';
import { type Redact, redactOutput } from '../base/redact.ts';
import { terminalText } from '../base/terminal-text.ts';
import type { Update } from '../domain/action.ts';
import { limitOf } from '../domain/command-end.ts';
import type { JailSpec, LaunchResult, Stream } from '../domain/jail.ts';
import { runCode } from '../domain/run.ts';
import { whoStopped } from '../domain/stopped.ts';
import type { PinnedLaunch } from './launch.ts';
import type { LateRequest } from './request.ts';
import { createToldText } from './told-text.ts';

export interface ShownDeps {
  readonly launch: PinnedLaunch;
  /** Takes the secrets that atom knows out of what commands print; what looks like one goes anyway. */
  readonly redact?: () => Promise<Redact>;
}

export interface ShownRun {
  /** What to launch; `keep` is the id of the run. */
  readonly late: LateRequest & { readonly keep: string };
  /** As the owner named it. */
  readonly jail: JailSpec;
  /** What is known to be missing, once it was looked at. */
  missing(): readonly string[];
}

/**
 * Runs a command and gives back its end, with the words that people and models may see:
 * `{exit, signal?, ending, by?, held?, stdout, stderr, truncated, ms, jail, bytes, binary, kept?, lost?,
 * missing?, contacts?, quarantined?, notes?}`. Output that is no text is left out; all of it is in the file of the run
 * whose code is `kept`.
 */
export async function runShown(
  deps: ShownDeps,
  { late, jail, missing }: ShownRun,
  { signal, onUpdate }: { readonly signal: AbortSignal; readonly onUpdate: Update },
): Promise<Json> {
  const redact = (await deps.redact?.()) ?? redactOutput([]);
  const told = createToldText(redact, onUpdate);
  const result = await deps.launch(late, signal, told.add).finally(told.end);
  const by = result.ending.kind === 'stopped' ? whoStopped(signal) : undefined;
  return {
    ...endOf(result, jail),
    ...(by === undefined ? {} : { by }),
    ...textsOf(result, redact),
    ...(result.printed?.kept ? { kept: runCode(late.keep) } : {}),
    ...(missing().length === 0 ? {} : { missing: [...missing()] }),
    jail: jail.name,
  };
}

type Fields = { readonly [key: string]: Json };

function endOf(result: LaunchResult, jail: JailSpec): Fields {
  const { ending, ms, contacts, quarantined, notes } = result;
  return {
    exit: ending.kind === 'exit' ? ending.code : null,
    ...(ending.kind === 'signal' ? { signal: ending.signal } : {}),
    ending: ending.kind,
    ms,
    ...heldIn(result, jail),
    ...(contacts ? { contacts: contacts as unknown as Json } : {}),
    ...(quarantined ? { quarantined: [...quarantined] } : {}),
    ...(notes ? { notes: [...notes] } : {}),
  };
}

function textsOf(result: LaunchResult, redact: Redact): Fields {
  const { truncated, printed } = result;
  const binary = printed?.binary ?? [];
  const shown = (stream: Stream): string =>
    binary.includes(stream) ? '' : redact(terminalText(result[stream])).toWellFormed();
  return {
    stdout: shown('stdout'),
    stderr: shown('stderr'),
    truncated,
    ...(printed ? { bytes: { ...printed.bytes }, binary: [...binary] } : {}),
    ...(printed?.lost === undefined ? {} : { lost: printed.lost }),
  };
}

function heldIn({ ending, limits }: LaunchResult, jail: JailSpec): Fields {
  const field = limitOf(ending.kind);
  if (!field || !limits) return {};
  const by = jail.limits?.[field] === undefined ? 'maturity' : 'jail';
  return { held: { jail: jail.name, by, most: limits[field] } };
}
