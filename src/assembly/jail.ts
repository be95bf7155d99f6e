import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { asAtomError } from '../base/errors.ts';
import { readConfig } from '../config/file.ts';
import { ensureFolder } from '../config/folder.ts';
import { outputOf } from '../config/paths.ts';
import type { JailSpec, JailStatus, ProbeCheck } from '../domain/jail.ts';
import { isInside, jailNamed } from '../domain/jail-choice.ts';
import type { LibraryJail } from '../domain/library-process.ts';
import type { Outside } from '../domain/outside.ts';
import { privatePaths } from '../domain/private-path.ts';
import { identify, type JailFolder } from '../jail/folder.ts';
import { readGitOwner } from '../jail/git-settings.ts';
import { hasProgram } from '../jail/has-program.ts';
import { knowJails } from '../jail/known-jails.ts';
import { createLauncher, type PinnedLaunch } from '../jail/launch.ts';
import { createLibraryJail } from '../jail/library-process.ts';
import { findMechanism, type Mechanism } from '../jail/mechanism.ts';
import { createOutside } from '../jail/net/outside.ts';
import { createOutputFolder } from '../jail/output-folder.ts';
import { tryJail } from '../jail/probe/try-jail.ts';
import { probeJail } from '../jail/probe.ts';
import { createPrograms } from '../jail/program.ts';
import { quarantineIn } from '../jail/quarantine/kept.ts';
import { createQuarantine, type Quarantine } from '../jail/quarantine/quarantine.ts';
import type { LauncherDeps } from '../jail/request.ts';
import type { ShellDeps } from '../jail/shell-exec.ts';
import { findToolchains } from '../jail/toolchains.ts';
import { createTurns } from '../jail/turns.ts';
import type { AgreedJails } from './agreed-jails.ts';
import type { AtomOptions } from './parts.ts';
import { createRedaction } from './redaction.ts';

/** The jail as it was found, and the jails that the owner named. */
export interface Jails {
  readonly shell: Omit<ShellDeps, 'covers'>;
  /** A turn as the only one who writes in a folder; undefined once the signal aborts. */
  turn(folder: string, signal: AbortSignal): Promise<(() => void) | undefined>;
  /** The internet, as jails and pages are reached. */
  readonly outside: Outside;
  /** Starts processes in the owner's jails, and in one more folder that atom made itself. */
  launchFor(own: string): PinnedLaunch;
  /** What keeps libraries of others' in that need the machine's network. */
  readonly libraryJail: LibraryJail;
  list(): readonly JailSpec[];
  /** The real folder of a jail, still the one that it was; throws AtomError where it may not be used. */
  folderOf(jail: JailSpec): string;
  /** Why a folder that the owner named cannot be a jail; undefined where it can. */
  trouble(jail: JailSpec): string | undefined;
  /** Absolute paths that the owner marked private, in every jail that can be used. */
  privates(): readonly string[];
  /** A file's name for people: relative to the jail it lies in. */
  nameOf(path: string): string;
  /** True where commands would find a program by this bare name. */
  hasProgram(name: string): boolean;
  /** What the last try found; while the first one goes on, its end is waited for. Never rejects. */
  status(): Promise<JailStatus>;
  /** Tries the jail again. */
  check(): Promise<JailStatus>;
  /** Jails of the configuration that let commands do more than was agreed to, and are not used. */
  waiting(): readonly JailSpec[];
  /** Tries in one of the owner's jails what it allows and what not. Throws AtomError `not-found`. */
  tryIn(name: string): Promise<readonly ProbeCheck[]>;
  /** The owner's jails as the configuration file has them now; they are not used yet. */
  read(): Promise<readonly JailSpec[]>;
  /** Uses these jails from now on, as agreed to. */
  use(jails: readonly JailSpec[]): void;
}

const PROBE_MS = 15_000;
/** A command that writes there may have to come to its end first. */
const TRY_MS = 60_000;
const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);

/**
 * Finds the jail mechanism and begins to try to break out of it. Whoever wants to run something waits for
 * the end of that; unless it held, nothing runs.
 */
export async function createJails(
  options: AtomOptions,
  agreed: AgreedJails = { jails: options.config.jails, waiting: [] },
  mechanism = findJail(),
): Promise<Jails> {
  const { paths, clock, config, packageFolder } = options;
  const { home } = options.account;
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const scratch = realpathSync(ensureFolder(join(paths.state, 'scratch')));
  const stateDirs = [paths.config, paths.data, paths.state, packageFolder];
  const toolchains = findToolchains({
    home,
    uid: ids.uid,
    path: options.ownTools?.path ?? [],
    apart: [...stateDirs, ...agreed.jails.map(({ folder }) => folder)],
  });
  const rules = { home, stateDirs, toolchains, uid: ids.uid };
  let known = knowJails(rules, agreed.jails);
  let { waiting } = agreed;
  const openJail: LauncherDeps['openJail'] = (folder) => known.open(folder);
  const openShown = (path: string): JailFolder => known.openShown(path);
  const real = (): readonly JailSpec[] =>
    known.list.flatMap((jail) =>
      known.trouble(jail.folder) === undefined
        ? [{ ...jail, folder: openJail(jail.folder).path }]
        : [],
    );
  const privates = (): readonly string[] =>
    config.private.length === 0 ? [] : real().flatMap((jail) => privatePaths(config.private, jail));
  const output = createOutputFolder(ensureFolder(outputOf(paths)));
  output.prune(clock.now());
  const quarantine = createQuarantine({ root: quarantineIn(paths), clock });
  const outside = createOutside();
  const network = {
    outside,
    nodePath: realpathSync(process.execPath),
    handOverPath: join(packageFolder, 'dist', 'jail', 'hand-over.js'),
  };
  const gitOwner = () => readGitOwner(options.ownTools?.gitFiles ?? []);
  const deps = {
    privates,
    mechanism: await mechanism,
    clock,
    scratch,
    ids,
    programs: createPrograms(home),
    openJail,
    openShown,
    network,
    quarantine,
    gitOwner,
    toolchains,
    output,
  };
  const turns = createTurns();
  const launch = createLauncher(deps, turns);
  const probe = (): Promise<JailStatus> => probeJail(deps, within(PROBE_MS)).catch(notTried);
  let status = probe();
  await recoverLeft(quarantine, real(), options);
  return {
    outside,
    shell: {
      ...deps,
      launch,
      redact: createRedaction(options),
      jails: () => known.list,
      status: () => status,
    },
    launchFor: (own) =>
      createLauncher(
        { ...deps, openJail: (folder) => (folder === own ? identify(folder) : openJail(folder)) },
        turns,
      ),
    libraryJail: createLibraryJail(deps.mechanism, () => status),
    turn: (folder, signal) => turns.enter({ folder, writes: true }, signal),
    list: () => known.list,
    folderOf: ({ folder }) => openJail(folder).path,
    trouble: ({ folder, shows }) => known.trouble(folder, shows),
    privates,
    nameOf: (path) => nameIn(real(), path),
    hasProgram: (name) => hasProgram(toolchains, name),
    status: () => status,
    check: async () => {
      const found = await probe();
      status = Promise.resolve(found);
      return found;
    },
    waiting: () => waiting,
    tryIn: (name) => {
      const own = [paths.config, paths.data];
      return tryJail({ ...deps, launch, home, own }, jailNamed(known.list, name), within(TRY_MS));
    },
    read: async () => (await readConfig(paths)).jails,
    use: (list) => {
      known = knowJails(rules, list);
      waiting = [];
    },
  };
}

/** How this machine can jail a process; see `findMechanism`. Never rejects. */
export const findJail = (): Promise<Mechanism> =>
  findMechanism({
    platform: process.platform,
    arch: process.arch,
    uid: process.getuid?.() ?? 0,
  });

/** A jail that could not even be tried is none. */
const notTried = (error: unknown): JailStatus => ({
  state: 'unavailable',
  reason: asAtomError(error).message,
});

/** A run that a crash cut off may have left something: nothing is to find it there. */
async function recoverLeft(
  { recover }: Quarantine,
  jails: readonly JailSpec[],
  options: AtomOptions,
): Promise<void> {
  const settled = await recover(jails.map((jail) => jail.folder));
  for (const { folder, quarantined, trouble } of settled) {
    const log = options.log.part('quarantine');
    if (quarantined.length > 0) log.warn(`moved out of ${folder}: ${quarantined.join(', ')}`);
    if (trouble !== undefined) log.error(`${folder}: ${trouble}`);
  }
}

function nameIn(jails: readonly JailSpec[], path: string): string {
  const jail = jails.find(({ folder }) => isInside(folder, path));
  if (!jail) return path;
  return relative(jail.folder, path) || `the jail ${jail.name}`;
}
