import type { JailSpec, JailStatus, Launch } from '../../domain/jail.ts';

/** Where skills run. */
export interface SkillHost {
  readonly launch: Launch;
  /** What is known of the jail now: unless it held when it was tried, no skill runs. */
  readonly status: () => JailStatus | Promise<JailStatus>;
  /** The Node that runs skills: 22.18 or later. */
  readonly nodePath: string;
  /** `skills/runner.js` of the build. */
  readonly runnerPath: string;
  /** True where a jail has a program of this bare name. */
  readonly hasProgram: (name: string) => boolean;
  /** An empty folder that may be a jail, for skills that need no files. */
  readonly emptyFolder: string;
}

/** A read-only jail with nothing in it. */
export const emptyJail = ({ emptyFolder }: Pick<SkillHost, 'emptyFolder'>): JailSpec => ({
  name: 'empty',
  folder: emptyFolder,
  mode: 'read-only',
});

/** True for that jail: what runs in it can leave nothing. */
export const isEmpty = ({ emptyFolder }: Pick<SkillHost, 'emptyFolder'>, jail: JailSpec): boolean =>
  jail.folder === emptyFolder && jail.mode === 'read-only';
