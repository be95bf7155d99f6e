import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from '../config/folder.ts';
import { hasVariable } from '../config/has-variable.ts';
import type { Action } from '../domain/action.ts';
import type { JailSpec, Lend } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import type { Skill } from '../domain/skill.ts';
import type { SkillCallDeps } from '../skills/call.ts';
import type { LoadedSkill } from '../skills/load.ts';
import { emptyJail } from '../skills/runtime/host.ts';
import { startRunner } from '../skills/runtime/modules.ts';
import { createPool } from '../skills/runtime/pool.ts';
import { createSecretDesk } from '../skills/runtime/secret-read.ts';
import { createLend } from '../skills/text/lend.ts';
import { createTextShelf, type TextShelf, type TextShelfDeps } from '../skills/text/shelf.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';

/** The skills of a profile: the bundled ones and the owner's own. */
export interface Skills {
  readonly call: Omit<SkillCallDeps, 'covers' | 'performAs'>;
  /** Gives running skills the secrets that they may have. */
  readonly secretRead: Action;
  list(): readonly Skill[];
  /** Skills of words. */
  readonly texts: TextShelf;
  /** Shows commands what came with the skills that they name. */
  readonly lend: Lend;
  /**
   * Compiles and describes them; names each in the log, and each that is disabled. Never rejects: where
   * that cannot be done, or `over` aborts first, there are none.
   */
  load(over: AbortSignal): Promise<void>;
  /** Resolves once they are loaded. */
  loaded(): Promise<void>;
  /** Ends what waits for a call. */
  close(): Promise<void>;
}

const LOAD_MS = 60_000;

/** Words that nobody approved are a stranger's. */
const nothingApproved = (): boolean => false;

/** Where programs for agents keep the skills of a project. */
const rootsIn = ({ name, folder }: JailSpec) =>
  ['.atom', '.agents'].map((kept) => ({
    ...{ folder: join(folder, kept, 'skills'), jail: name },
    origin: 'jail' as const,
  }));

export function createSkills(
  options: AtomOptions,
  jails: Jails,
  isApproved: TextShelfDeps['isApproved'] = nothingApproved,
): Skills {
  const { paths, packageFolder, log, config } = options;
  const emptyFolder = realpathSync(ensureFolder(join(paths.state, 'empty')));
  const host = {
    launch: jails.launchFor(emptyFolder),
    status: jails.status,
    nodePath: realpathSync(process.execPath),
    runnerPath: join(packageFolder, 'dist', 'skills', 'runner.js'),
    emptyFolder,
  };
  const roots = [
    { folder: join(packageFolder, 'skills'), origin: 'bundled' },
    { folder: paths.skills, origin: 'profile' },
  ] as const;
  const cache = ensureFolder(join(paths.state, 'skills'));
  const say = log.part('skills');
  const pool = createPool({
    size: config.skills.pool,
    start: () => startRunner(host, emptyJail(host)),
  });
  const desk = createSecretDesk(options.secrets.get);
  let loaded: readonly LoadedSkill[] = [];
  const texts = createTextShelf({
    roots: () => [...roots, ...jails.list().flatMap(rootsIn)],
    taken: () => loaded.map(({ skill }) => skill.name),
    isApproved,
    here: { system: process.platform, hasProgram: jails.hasProgram, hasVariable },
  });
  const ended = Promise.withResolvers<void>();
  const load = async (over: AbortSignal): Promise<void> => {
    if ((await jails.status()).state !== 'ready')
      return say.warn('no skill is loaded: there is no jail to run it in');
    const { loadSkills } = await import('../skills/load.ts');
    const signal = AbortSignal.any([over, AbortSignal.timeout(LOAD_MS)]);
    const found = await loadSkills({ host, roots, cache }, signal);
    loaded = found.skills;
    for (const { skill } of found.skills)
      say.info(`skill ${skill.name} ${skill.version}`, {
        digest: skill.digest.slice(0, 12),
        files: skill.permissions.files,
      });
    for (const { folder, reason } of [...found.disabled, ...(await texts.load())])
      say.error(`skill disabled: ${folder}: ${reason}`);
  };
  return {
    call: {
      ...{ host, pool, secrets: desk, log: say },
      skills: () => loaded,
      jailOf: (agent) => chooseJail(jails.list(), {}, agent),
    },
    secretRead: desk.action,
    close: pool.close,
    list: () => loaded.map(({ skill }) => skill),
    texts,
    lend: createLend(texts, ensureFolder(join(cache, 'text'))),
    load: async (over) => {
      await load(over).catch((error: unknown) => say.error(`no skill is loaded: ${String(error)}`));
      ended.resolve();
    },
    loaded: () => ended.promise,
  };
}
