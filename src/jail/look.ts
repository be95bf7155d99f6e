import { isAbsolute, join } from 'node:path';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Agent } from '../domain/agent.ts';
import type { CardFacts } from '../domain/card.ts';
import type { JailSpec } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import { readLine } from '../domain/shell-line/read-line.ts';
import type { Script } from '../domain/shell-line/script.ts';
import { cardOf, factsOf, type ResolvedCommand } from './facts.ts';
import { folderInside } from './folder.ts';
import { resolveLine } from './line.ts';
import { namedFiles } from './named-files.ts';
import { placeOf } from './place.ts';
import type { ProgramPlace } from './program.ts';
import type { LauncherDeps } from './request.ts';

/** A command as it is asked for: by its words, or by a line. */
export interface ShellRequest {
  readonly argv?: readonly string[] | undefined;
  readonly line?: string | undefined;
  readonly cwd?: string | undefined;
  readonly jail?: string | undefined;
  readonly stdin?: string | undefined;
}

/** A command as it would run now: everything resolved, nothing done. */
export interface Look extends ResolvedCommand {
  /** The request with its jail and folder named. */
  readonly resource: Json;
  readonly facts: Json;
  readonly card: CardFacts;
}

type LookDeps = LauncherDeps & { jails(): readonly JailSpec[] };

/**
 * Resolves a command: jail, folder, program and scripts. Throws AtomError `blocked` where it leads
 * out of the jail, `not-found` where the program or the folder is missing.
 */
export async function lookAt(
  deps: LookDeps,
  { argv, line, cwd: wished, jail: wanted, stdin }: ShellRequest,
  agent: Agent | undefined,
): Promise<Look> {
  const jail = chooseJail(deps.jails(), { jail: wanted, path: wished }, agent);
  const { path: folder, id: folderId } = deps.openJail(jail.folder);
  const cwd = folderInside(folder, whereTo(folder, wished));
  const place = placeOf(deps.mechanism, deps.toolchains ?? [], { folder, cwd, readOnly: [] });
  const found = await commandAt({ programs: deps.programs, place }, argv, line);
  const resolved = { jail, folderId, cwd, stdin, ...found };
  return {
    ...resolved,
    resource: {
      ...(line === undefined ? { argv: found.argv } : { line }),
      ...{ cwd, jail: jail.name },
      ...(stdin === undefined ? {} : { stdin }),
    },
    facts: factsOf(resolved, place),
    card: cardOf(resolved, folder),
  };
}

type At = { readonly programs: LookDeps['programs']; readonly place: ProgramPlace };
type Found = Pick<ResolvedCommand, 'argv' | 'program' | 'named' | 'line'>;

/** A line that cannot be read is a script for a shell; what nobody can see runs in no way at all. */
function commandAt(at: At, argv: readonly string[] = [], line?: string): Promise<Found> {
  if (line === undefined) return wordsAt(at, argv);
  const reading = readLine(line);
  if (reading.ok) return lineAt(at, line, reading.script);
  if (reading.kind === 'syntax') return wordsAt(at, ['/bin/sh', '-c', line]);
  throw new AtomError('usage', reading.why, { next: [reading.hint] });
}

async function wordsAt({ programs, place }: At, argv: readonly string[]): Promise<Found> {
  const program = await programs.resolve(place, argv[0] ?? '');
  return { argv, program, named: await namedFiles(place, argv, program.real) };
}

async function lineAt(at: At, text: string, script: Script): Promise<Found> {
  const line = await resolveLine(at, text, script);
  const argv = ['/bin/sh', '-c', line.printed];
  const program = await at.programs.resolve(at.place, '/bin/sh');
  return { argv, program, named: { argv, files: line.files, pinned: line.pinned }, line };
}

const whereTo = (folder: string, wished = '.'): string =>
  isAbsolute(wished) ? wished : join(folder, wished);
