import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { JailSpec, LaunchRequest } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import type { PinnedFile } from './bwrap-args.ts';
import type { JailFolder } from './folder.ts';
import { type GitOwner, gitSettings } from './git-settings.ts';
import type { Mechanism } from './mechanism.ts';
import type { JailNetwork, NetworkDeps } from './net/network.ts';
import type { ProcessHooks, ProcessPlan } from './process-plan.ts';
import type { ProgramPlace, Programs, ResolvedProgram } from './program.ts';
import type { Quarantine } from './quarantine/quarantine.ts';

export interface LauncherDeps {
  readonly mechanism: Mechanism;
  readonly clock: Clock;
  readonly programs: Programs;
  /** Checks a folder and says which one it is; throws AtomError where it may not be a jail. */
  openJail(folder: string): JailFolder;
  /** Checks a folder that a jail shows; throws AtomError where it may not be. Absent: none may be. */
  readonly openShown?: (path: string) => JailFolder;
  /** What the owner marked private: hidden from every process that is not told to be shown it. */
  readonly privates?: () => readonly string[];
  /** Takes out of a jail what commands leave there and other programs would run. */
  readonly quarantine: Quarantine;
  /** Where temporary folders may be made, outside every jail. */
  readonly scratch: string;
  /** Install prefixes such as an nvm version, shown read-only; their `bin` is searched first. */
  readonly toolchains?: readonly string[];
  /** Who commits in a jail; `atom` unless told. Read anew for each command. */
  readonly gitOwner?: () => GitOwner;
  readonly ids: { readonly uid: number; readonly gid: number };
  /** Where all that commands print is kept. */
  readonly output?: { open(run: string): ProcessHooks['file'] };
  /** What lets a command reach hosts; without it none does. */
  readonly network?: NetworkDeps;
}

/** A request whose files were looked at before, so that exactly those run. */
export interface PinnedRequest extends LaunchRequest {
  readonly program?: ResolvedProgram;
  readonly pinned?: readonly PinnedFile[];
  /** `dev:ino` that the jail's folder must still have. */
  readonly folderId?: string;
  /** Private paths that it names and is shown. */
  readonly shows?: readonly string[];
  /** The run under whose id all that it prints is kept; nothing is kept where there is none. */
  readonly keep?: string;
  /**
   * Hosts that it may reach. Not taken from its jail: whoever starts something must mean it, so a look
   * or a skill in a jail with a network has none.
   */
  readonly speaksTo?: readonly string[];
  /** Servers of this machine or of networks of the owner's that it may reach as well: `nas.local:443`. */
  readonly speaksToOwn?: readonly string[];
  /** Protected names that it is for replacing. */
  readonly unprotected?: readonly string[];
}

/** A request that is made once its turn has come, when nothing else writes in that jail. */
export interface LateRequest {
  /** The jail that the turn is for; the request must be for the same. */
  readonly jail: JailSpec;
  readonly keep?: string;
  /** The run that it belongs to. */
  readonly run?: string;
  make(): Promise<PinnedRequest>;
}

/** A request with every name resolved; `argv[0]` and all paths are absolute. */
export interface ResolvedRequest {
  readonly deps: LauncherDeps;
  readonly request: PinnedRequest;
  readonly place: ProgramPlace;
  readonly folderId: string;
  readonly argv: readonly string[];
  readonly pinned: readonly PinnedFile[];
  /** Folders outside that the jail shows, real. */
  readonly shown: readonly string[];
  readonly network: JailNetwork | undefined;
}

/** A process ready to start, and what must be called once it has ended. */
export interface ReadyPlan {
  readonly plan: ProcessPlan;
  readonly network?: JailNetwork | undefined;
  release(): void;
}

/** The folders that a jail shows, as they are now. Throws AtomError where one may not be shown. */
export const shownFolders = (
  { openShown }: Pick<LauncherDeps, 'openShown'>,
  { shows = [] }: Pick<JailSpec, 'shows'>,
): readonly JailFolder[] =>
  shows.map((path) => {
    if (openShown) return openShown(path);
    throw new AtomError('blocked', 'This jail can show no other folder.');
  });

/** The settings of git that every command has. */
export const gitSettingsOf = ({ gitOwner }: Pick<LauncherDeps, 'gitOwner'>): string =>
  gitSettings(gitOwner?.() ?? {});

/** Private paths of the jail that a process is not shown. */
export const hiddenFrom = ({ deps, place, request }: ResolvedRequest): readonly string[] =>
  (deps.privates?.() ?? []).filter(
    (path) => isInside(place.folder, path) && !(request.shows ?? []).includes(path),
  );
