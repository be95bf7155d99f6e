import type { Clock } from '../base/clock.ts';
import type { JailSpec, LaunchRequest } from '../domain/jail.ts';
import type { PinnedFile } from './bwrap-args.ts';
import type { JailFolder } from './folder.ts';
import type { Mechanism } from './mechanism.ts';
import type { ProgramPlace, Programs, ResolvedProgram } from './program.ts';
import type { ProcessPlan } from './run-process.ts';

export interface LauncherDeps {
  readonly mechanism: Mechanism;
  readonly clock: Clock;
  readonly programs: Programs;
  /** Checks a folder and says which one it is; throws AtomError where it may not be a jail. */
  openJail(folder: string): JailFolder;
  /** Where temporary folders may be made, outside every jail. */
  readonly scratch: string;
  /** Install prefixes such as an nvm version, shown read-only; their `bin` is searched first. */
  readonly toolchains?: readonly string[];
  readonly ids: { readonly uid: number; readonly gid: number };
}

/** A request whose files were looked at before, so that exactly those run. */
export interface PinnedRequest extends LaunchRequest {
  readonly program?: ResolvedProgram;
  readonly pinned?: readonly PinnedFile[];
  /** `dev:ino` that the jail's folder must still have. */
  readonly folderId?: string;
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
