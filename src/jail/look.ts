import type { Json } from '../base/json.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailLimits, JailSpec, Lend } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import { limitsAt } from '../domain/jail-limits.ts';
import type { Covers, Reversible } from '../domain/undo.ts';
import { cardOf, factsOf, type ResolvedCommand } from './facts.ts';
import { findCommand } from './find-command.ts';
import { folderInside } from './folder.ts';
import { privatesNamed, touchesOf } from './named-paths.ts';
import { placeOf } from './place.ts';
import { gitSettingsOf, type LauncherDeps, shownFolders } from './request.ts';

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
  readonly card: ReturnType<typeof cardOf>;
  /** What of the jail it reads, may change and names. */
  readonly touches: ReturnType<typeof touchesOf>;
  /** The jail's folder, where a command may write to it and a snapshot covers it. */
  readonly reversible?: Reversible;
}

type LookDeps = LauncherDeps & {
  jails(): readonly JailSpec[];
  readonly covers: Covers;
  readonly lend?: Lend;
};

/**
 * Resolves a command: jail, folder, program and scripts, and what it may use: the `limits` that were
 * decided, else those of the agent's maturity; without an agent it is the owner's. Throws AtomError `blocked` where it leads
 * out of the jail, `not-found` where the program or the folder is missing.
 */
export async function lookAt(
  deps: LookDeps,
  { argv, line, cwd: wished, jail: wanted, stdin }: ShellRequest,
  { agent, limits: decided }: { readonly agent?: Agent; readonly limits?: JailLimits },
): Promise<Look> {
  const jail = chooseJail(deps.jails(), { jail: wanted, path: wished }, agent);
  const { path: folder, id: folderId } = deps.openJail(jail.folder);
  const cwd = folderInside(folder, wished ?? '.');
  const shown = shownFolders(deps, jail);
  const lent = (await deps.lend?.(line === undefined ? (argv ?? []) : [line], agent)) ?? [];
  const where = {
    folder,
    cwd,
    readOnly: lent,
    jail: jail.name,
    shows: shown.map(({ path }) => path),
  };
  const place = placeOf(deps.mechanism, deps.toolchains ?? [], where);
  const found = await findCommand({ programs: deps.programs, place }, argv, line);
  // The shell of a line is not what it names: what it starts is.
  const words = found.line ? [found.argv[0] ?? '', ...found.line.stages.flat()] : found.argv;
  const shows = privatesNamed({ cwd, argv: words }, deps.privates?.() ?? []);
  const coverage = jail.mode === 'read-write' ? await deps.covers(folder) : undefined;
  const limits = decided ?? limitsAt(jail, agent?.maturity ?? 'autonomous');
  const gitSettings = gitSettingsOf(deps);
  const resolved = {
    jail,
    folderId,
    cwd,
    stdin,
    shows,
    shown,
    lent,
    limits,
    gitSettings,
    ...found,
  };
  return {
    ...resolved,
    resource: {
      ...(line === undefined ? { argv: found.argv } : { line }),
      cwd,
      jail: jail.name,
      ...(stdin === undefined ? {} : { stdin }),
    },
    facts: factsOf(resolved, place),
    card: cardOf(resolved, folder, coverage),
    touches: touchesOf({ ...resolved, folder, argv: words }),
    ...(coverage?.ok ? { reversible: { folder } } : {}),
  };
}

/** The limits that were decided with these facts: they are part of what was agreed to. */
export const limitsIn = (facts: Json): JailLimits =>
  (facts as unknown as { readonly limits: JailLimits }).limits;
