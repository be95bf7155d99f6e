import { AtomError } from '../base/errors.ts';
import { readLine } from '../domain/shell-line/read-line.ts';
import type { Script } from '../domain/shell-line/script.ts';
import { needsBash } from '../domain/shell-line/walk.ts';
import type { ResolvedCommand } from './facts.ts';
import { resolveLine } from './line.ts';
import { namedFiles } from './named-files.ts';
import type { ProgramPlace, Programs } from './program.ts';
import { replacedBy } from './replaces.ts';

type At = { readonly programs: Programs; readonly place: ProgramPlace };
type Found = Pick<ResolvedCommand, 'argv' | 'program' | 'named' | 'line' | 'unprotected'>;

/**
 * Finds what a command would start, by its words or as a line. A line that cannot be read is a script
 * for a shell. Throws AtomError `usage` for a line with characters that nobody can see.
 */
export function findCommand(at: At, argv: readonly string[] = [], line?: string): Promise<Found> {
  if (line === undefined) return wordsAt(at, argv);
  const reading = readLine(line);
  if (reading.ok) return lineAt(at, line, reading.script);
  if (reading.kind === 'syntax') return wordsAt(at, ['/bin/sh', '-c', line]);
  throw new AtomError('usage', reading.why, { next: [reading.hint] });
}

async function wordsAt({ programs, place }: At, argv: readonly string[]): Promise<Found> {
  const program = await programs.resolve(place, argv[0] ?? '');
  const named = await namedFiles(place, argv, program.real);
  return { argv, program, named, unprotected: replacedBy([argv]) };
}

async function lineAt(at: At, text: string, script: Script): Promise<Found> {
  const line = await resolveLine(at, text, script);
  const shell = needsBash(script) ? '/bin/bash' : '/bin/sh';
  const argv = [shell, '-c', line.printed];
  const program = await at.programs.resolve(at.place, shell);
  const named = { argv, files: line.files, pinned: line.pinned };
  return { argv, program, named, line, unprotected: replacedBy(line.stages) };
}
