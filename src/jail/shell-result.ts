import type { Json } from '../base/json.ts';
import type { Redact } from '../base/redact.ts';
import { terminalText } from '../base/terminal-text.ts';
import { limitOf } from '../domain/command-end.ts';
import type { JailSpec, LaunchResult, Stream } from '../domain/jail.ts';
import { runCode } from '../domain/run.ts';
import { whoStopped } from '../domain/stopped.ts';

export interface EndedCommand {
  readonly result: LaunchResult;
  readonly jail: JailSpec;
  /** The id of the run. */
  readonly run: string;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  readonly missing: readonly string[];
}

/**
 * What a command's run gives back, with the words that people and models may see:
 * `{exit, signal?, ending, by?, held?, stdout, stderr, truncated, ms, jail, bytes, binary, kept?, lost?,
 * missing?, quarantined?}`. Output that is no text is left out; all of it is in the file of the run
 * whose code is `kept`.
 */
export function resultOf({ result, jail, run, signal, redact, missing }: EndedCommand): Json {
  const { ending, truncated, ms, printed, quarantined } = result;
  const binary = printed?.binary ?? [];
  const shown = (stream: Stream): string =>
    binary.includes(stream) ? '' : redact(terminalText(result[stream])).toWellFormed();
  const by = ending.kind === 'stopped' ? whoStopped(signal) : undefined;
  return {
    exit: ending.kind === 'exit' ? ending.code : null,
    ...(ending.kind === 'signal' ? { signal: ending.signal } : {}),
    ending: ending.kind,
    ...(by === undefined ? {} : { by }),
    ...heldIn(result, jail),
    ...{ stdout: shown('stdout'), stderr: shown('stderr'), truncated, ms, jail: jail.name },
    ...(printed ? { bytes: { ...printed.bytes }, binary: [...binary] } : {}),
    ...(printed?.kept ? { kept: runCode(run) } : {}),
    ...(printed?.lost === undefined ? {} : { lost: printed.lost }),
    ...(missing.length === 0 ? {} : { missing: [...missing] }),
    ...(quarantined === undefined ? {} : { quarantined: [...quarantined] }),
  };
}

function heldIn(
  { ending, limits }: LaunchResult,
  jail: JailSpec,
): { readonly [key: string]: Json } {
  const field = limitOf(ending.kind);
  if (!field || !limits) return {};
  const by = jail.limits?.[field] === undefined ? 'maturity' : 'jail';
  return { held: { jail: jail.name, by, most: limits[field] } };
}
