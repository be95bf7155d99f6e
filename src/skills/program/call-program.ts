import type { Json } from '../../base/json.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { shownAt } from '../../domain/text-skill.ts';
import { converse } from '../runtime/converse.ts';
import { isEmpty, type SkillHost } from '../runtime/host.ts';
import { requireJail, withLeft } from '../runtime/modules.ts';
import { startProcess, type Use } from '../runtime/process.ts';
import { keptCopy } from '../text/kept-copy.ts';
import { type InputCheck, inputCheck } from './input-check.ts';
import { commandIn, type ReadProgram } from './read-program.ts';

/** A program that is a skill, ready to be called. */
export interface Program {
  /** Throws AtomError `usage` for an input that its schema does not allow. */
  readonly check: InputCheck;
  /** As it is started inside a jail. */
  readonly argv: readonly string[];
  /** A copy of its folder that is exactly what was read, and where a jail shows it. */
  shown(): Promise<{ readonly host: string; readonly inside: string }>;
}

/** One call of a program. */
export interface ProgramCall {
  readonly program: Program;
  readonly input: Json;
  readonly jail: JailSpec;
  /** The run that it belongs to. */
  readonly run: string;
  readonly use: Use;
}

/** `cache` is where copies of folders are kept. */
export function programOf({ skill, command, contents }: ReadProgram, cache: string): Program {
  const inside = shownAt(skill.name);
  return {
    check: inputCheck(skill.input),
    argv: commandIn(command, contents, inside),
    shown: async () => ({ host: await keptCopy(contents, cache), inside }),
  };
}

/**
 * Starts a program in its jail for one call, and gives back its value. Throws AtomError `failed` with its
 * own words, `not-found` where what runs it is gone, `unavailable` where there is no jail.
 */
export async function callProgram(
  host: SkillHost,
  { program, input, jail, run, use }: ProgramCall,
  signal: AbortSignal,
): Promise<Json> {
  requireJail(await host.status());
  const readOnly = [await program.shown()];
  const process = startProcess(host, { jail, run, argv: program.argv, readOnly });
  const questions = [['call', { input, folder: jail.folder }]] as const;
  const traceless = isEmpty(host, jail);
  const { value, result } = await converse(process, { questions, use, traceless }, signal);
  return withLeft(value, result);
}
