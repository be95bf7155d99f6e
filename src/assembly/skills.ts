import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from '../config/folder.ts';
import { hasVariable } from '../config/has-variable.ts';
import type { Action } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailSpec, Lend } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import type { Skill } from '../domain/skill.ts';
import type { SkillListing, TestResult } from '../domain/skill-trust.ts';
import { filesWithin } from '../files/ungoverned.ts';
import type { SkillCallDeps } from '../skills/call.ts';
import { type SkillRoot, skillRoots } from '../skills/find-folders.ts';
import { forgetOldCopies } from '../skills/forget-old.ts';
import type { LoadedSkills } from '../skills/load.ts';
import type { ReadDeps } from '../skills/load-module.ts';
import { emptyJail } from '../skills/runtime/host.ts';
import { startRunner } from '../skills/runtime/modules.ts';
import { createPool } from '../skills/runtime/pool.ts';
import { createSecretDesk } from '../skills/runtime/secret-read.ts';
import { foundTexts, readWords } from '../skills/text/found.ts';
import { createLend } from '../skills/text/lend.ts';
import { createTextShelf, type TextShelf } from '../skills/text/shelf.ts';
import { createKeptTexts } from '../skills/trust/kept-texts.ts';
import { createLock } from '../skills/trust/lock.ts';
import { createShelf, type Shelf } from '../skills/trust/shelf.ts';
import { yesTo } from '../store/tables/approvals.ts';
import { createSkillTrust } from '../trust/skill-trust.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { newsOf } from './skill-words.ts';
import { watchFolders } from './watch-skills.ts';

/** The skills of a profile: the bundled ones, the owner's own, and those of jails. */
export interface Skills {
  readonly call: Omit<SkillCallDeps, 'covers' | 'performAs'>;
  readonly shelf: Shelf;
  /** Skills of words. */
  readonly texts: TextShelf;
  /** Shows commands what came with the skills that they name. */
  readonly lend: Lend;
  /** What the owner approves skills by. */
  readonly trust: Action;
  /** Gives running skills the secrets that they may have. */
  readonly secretRead: Action;
  /** Those that may be used; by this agent, where one is given. */
  list(by?: { readonly agent: Agent }): readonly Skill[];
  /**
   * Compiles and describes them; names each in the log, and each that waits or is disabled. Nobody waits for
   * those of jails: they follow. Never rejects: where that cannot be done, or `over` aborts first, there are
   * none.
   */
  load(over: AbortSignal): Promise<void>;
  /** Resolves once they are loaded, but for those of jails. */
  loaded(): Promise<void>;
  /** Tries one as its own tests say. Throws AtomError `usage` where it has none. */
  test(id: string, signal: AbortSignal): Promise<readonly TestResult[]>;
  /** Deletes copies and removed skills that nobody used since then, once they are loaded. Resolves to how many. */
  forgetOld(before: number): Promise<number>;
  /** Ends what waits for a call. */
  close(): Promise<void>;
}

const LOAD_MS = 60_000;

export function createSkills(
  options: AtomOptions,
  { store, audit, bus }: Pick<Records, 'store' | 'audit' | 'bus'>,
  jails: Jails,
): Skills {
  const { paths, packageFolder, log, clock, config } = options;
  const emptyFolder = realpathSync(ensureFolder(join(paths.state, 'empty')));
  const host = {
    launch: jails.launchFor(emptyFolder),
    status: jails.status,
    hasProgram: jails.hasProgram,
    nodePath: realpathSync(process.execPath),
    runnerPath: join(packageFolder, 'dist', 'skills', 'runner.js'),
    emptyFolder,
  };
  const cache = ensureFolder(join(paths.state, 'skills'));
  const say = log.part('skills');
  const failed: NonNullable<ReadDeps['failed']> = new Map();
  const precompiled = join(packageFolder, 'dist', 'skills', 'precompiled');
  const reading: ReadDeps = { host, cache, precompiled, failed };
  let isLoaded = false;
  let first = true;
  const roots = (): readonly SkillRoot[] =>
    rootsOf(options, jails).filter(({ jail }) => !first || jail === undefined);
  let run: LoadedSkills['found'] = [];
  const within = (over: AbortSignal): AbortSignal =>
    AbortSignal.any([over, AbortSignal.timeout(LOAD_MS)]);
  const find = async (over: AbortSignal): Promise<LoadedSkills> => {
    if ((await jails.status()).state !== 'ready') {
      say.warn('no skill is loaded: there is no jail to run it in');
      return { found: [], skills: [], disabled: [] };
    }
    const { loadSkills } = await import('../skills/load.ts');
    const loaded = await loadSkills({ ...reading, roots: roots() }, over);
    run = loaded.found;
    const disabled = [...loaded.disabled, ...(await texts.load())];
    return { ...loaded, found: [...loaded.found, ...foundTexts(texts)], disabled };
  };
  const shelf = createShelf({
    store,
    audit,
    clock,
    find,
    read: async (place, over) => {
      const { holdsSkill, readFolder } = await import('../skills/load.ts');
      if (!(await holdsSkill(place.folder))) return await readWords(place);
      return await readFolder(reading, place, within(over));
    },
    lock: createLock(paths),
    kept: createKeptTexts(join(paths.data, 'skills')),
    // What the first look finds is said by `load`, news or not.
    onLook: (listings) => bus.tell('skills.looked', { listings, unasked: false }),
    onNews: (listing) => {
      if (isLoaded) say.warn(newsOf(listing));
      bus.tell('skill.waits', newsOf(listing));
    },
  });
  const texts = createTextShelf({
    roots: () => roots().map(({ jail, ...root }) => (jail ? { ...root, jail: jail.name } : root)),
    taken: () =>
      run.flatMap(({ jail, skills }) => skills.map(({ skill: { name } }) => ({ name, jail }))),
    isApproved: shelf.approvedWords,
    here: { system: process.platform, hasProgram: jails.hasProgram, hasVariable },
  });
  const pool = createPool({
    size: config.skills.pool,
    start: () => startRunner(host, emptyJail(host), { ahead: true }),
  });
  const desk = createSecretDesk(options.secrets.get);
  const jailOf = (agent: Agent | undefined): JailSpec => chooseJail(jails.list(), {}, agent);
  const usable: SkillCallDeps['skills'] = (by) =>
    by ? shelf.ready(workplace(jailOf, by.agent)) : shelf.all();
  const tellUnasked = (listings: readonly SkillListing[]): void =>
    bus.tell('skills.looked', { listings, unasked: true });
  let stopWatching = (): void => undefined;
  const watchAll = (): (() => void) => {
    ensureFolder(paths.skills);
    const folders = rootsOf(options, jails).map(({ folder }) => folder);
    return watchFolders(folders, () => {
      shelf
        .reload(within(new AbortController().signal))
        .then(tellUnasked)
        .catch((error: unknown) => say.error(`the skills were not read again: ${String(error)}`));
    });
  };
  const ended = Promise.withResolvers<void>();
  let inJails: Promise<unknown> = Promise.resolve();
  const load = async (over: AbortSignal): Promise<void> => {
    tell(await shelf.reload(over));
    first = false;
    if (roots().some(({ folder, jail }) => jail && existsSync(folder)))
      inJails = shelf
        .reload(within(over))
        .then((all) => tell(all.filter(({ origin }) => origin === 'jail')))
        .catch((error: unknown) => {
          if (!over.aborted) say.error(`no skill of a jail is loaded: ${String(error)}`);
        });
  };
  const tell = (listings: readonly SkillListing[]): void => {
    tellUnasked(shelf.list());
    // By folder, as `atom skills list` counts them: one of them may hold several.
    const ready = listings
      .filter(({ state }) => state === 'ready')
      .map(({ id, skills }) => `${id} ${skills[0]?.version ?? ''}`.trimEnd());
    if (ready.length > 0) say.info(`${ready.length} ready: ${ready.join(', ')}`);
    for (const listing of listings)
      if (listing.state === 'broken') say.error(newsOf(listing));
      else if (listing.state === 'waiting') say.warn(newsOf(listing));
  };
  return {
    call: { host, pool, secrets: desk, log: say, skills: usable, jailOf },
    test: async (id, signal) => {
      const { trySkill } = await import('../skills/trial/try-skill.ts');
      const scratch = realpathSync(ensureFolder(join(paths.state, 'skill-tests')));
      const { launchFor } = jails;
      const deps = { host, cache, scratch, launchFor, filesIn: filesWithin };
      return shelf.inTurn(id, (found) => trySkill(deps, found, signal), signal);
    },
    close: async () => {
      stopWatching();
      await inJails;
      await pool.close();
    },
    texts,
    lend: createLend(texts, ensureFolder(join(cache, 'folders'))),
    shelf,
    trust: createSkillTrust({ ...shelf, yesTo: (intent) => yesTo(store, intent) }),
    secretRead: desk.action,
    list: (by) => usable(by).map(({ skill }) => skill),
    load: async (over) => {
      // First: what changes while they are read is then looked at after.
      if (options.watchSkills === true) stopWatching = watchAll();
      // Whoever stops atom while it starts wants no skill.
      await load(over).catch((error: unknown) => {
        if (!over.aborted) say.error(`no skill is loaded: ${String(error)}`);
      });
      isLoaded = true;
      ended.resolve();
    },
    loaded: () => ended.promise,
    forgetOld: async (before) => {
      if (!isLoaded) return 0;
      return forgetOldCopies({ cache, trash: join(paths.data, 'trash') }, run, before);
    },
  };
}

/** The package's first, so that nothing takes the name of one of them. */
const rootsOf = ({ packageFolder, paths }: AtomOptions, jails: Jails): readonly SkillRoot[] =>
  skillRoots({
    packageFolder,
    own: paths.skills,
    jails: jails
      .list()
      .filter((jail) => jails.trouble(jail) === undefined)
      .map((jail) => ({ name: jail.name, folder: jails.folderOf(jail) })),
  });

/** The jail that an agent works in; none where it may use none. */
function workplace(jailOf: (agent: Agent | undefined) => JailSpec, agent: Agent | undefined) {
  try {
    return jailOf(agent).name;
  } catch {
    return undefined;
  }
}
