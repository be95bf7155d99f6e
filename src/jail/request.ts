import type { Clock } from '../base/clock.ts';
import type { JailSpec, LaunchRequest } from '../domain/jail.ts';
import { isInside } from '../domain/jail-choice.ts';
import type { PinnedFile } from './bwrap-args.ts';
import type { JailFolder } from './folder.ts';
import { type GitOwner, gitSettings } from './git-settings.ts';
import type { Mechanism } from './mechanism.ts';
import type { ProgramPlace, Programs, ResolvedProgram } from './program.ts';
import type { ProcessPlan } from './run-process.ts';

export interface LauncherDeps {
  readonly mechanism: Mechanism;
  readonly clock: Clock;
  readonly programs: Programs;
  /** Checks a folder and says which one it is; throws AtomError where it may not be a jail. */
  openJail(folder: string): JailFolder;
  /** What the owner marked private: hidden from every process that is not told to be shown it. */
  readonly privates?: () => readonly string[];
  /** Where temporary folders may be made, outside every jail. */
  readonly scratch: string;
  /** Install prefixes such as an nvm version, shown read-only; their `bin` is searched first. */
  readonly toolchains?: readonly string[];
  /** Who commits in a jail; `atom` unless told. Read anew for each command. */
  readonly gitOwner?: () => GitOwner;
  readonly ids: { readonly uid: number; readonly gid: number };
}

/** A request whose files were looked at before, so that exactly those run. */
export interface PinnedRequest extends LaunchRequest {
  readonly program?: ResolvedProgram;
  readonly pinned?: readonly PinnedFile[];
  /** `dev:ino` that the jail's folder must still have. */
  readonly folderId?: string;
  /** Private paths that it names and is shown. */
  readonly shows?: readonly string[];
  /** Protected names that it is for replacing. */
  readonly unprotected?: readonly string[];
}

/** A request that is made once its turn has come, when nothing else writes in that jail. */
export interface LateRequest {
  /** The jail that the turn is for; the request must be for the same. */
  readonly jail: JailSpec;
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
}

/** A process ready to start, and what must be called once it has ended. */
export interface ReadyPlan {
  readonly plan: ProcessPlan;
  release(): void;
}

/** The settings of git that every command has. */
export const gitSettingsOf = ({ gitOwner }: Pick<LauncherDeps, 'gitOwner'>): string =>
  gitSettings(gitOwner?.() ?? {});

/** Private paths of the jail that a process is not shown. */
export const hiddenFrom = ({ deps, place, request }: ResolvedRequest): readonly string[] =>
  (deps.privates?.() ?? []).filter(
    (path) => isInside(place.folder, path) && !(request.shows ?? []).includes(path),
  );
