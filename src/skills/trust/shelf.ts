import { basename } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type {
  SkillApproval,
  SkillFile,
  SkillListing,
  SkillPlan,
} from '../../domain/skill-trust.ts';
import { skillApprovals } from '../../store/tables/skills.ts';
import type { SkillPlace } from '../find-folders.ts';
import type { LoadedSkills } from '../load.ts';
import { type FoundFolder, type LoadedSkill, trustDigest } from './judge.ts';
import { textFound } from './kept-texts.ts';
import { planFor } from './plan.ts';
import { type RecordDeps, recordApproval, recordRemoval, recordTurn } from './record.ts';
import { listed, listingOf, refusalOf, type SortDeps, type Sorted, sortFound } from './sorted.ts';

export interface ShelfDeps extends Omit<SortDeps, 'lock'>, RecordDeps {
  /** Finds, compiles and describes what there is now. */
  readonly find: (signal: AbortSignal) => Promise<LoadedSkills>;
  /** Reads one folder, wherever it lies. Throws AtomError `usage`. */
  readonly read: (place: SkillPlace, signal: AbortSignal) => Promise<FoundFolder>;
  /** Told what each look came to. */
  readonly onLook: (listings: readonly SkillListing[]) => void;
}

/** Every skill of a profile, and what may be used of them. */
export interface Shelf {
  /** Looks at all folders again; what did not change is not compiled again. */
  reload(signal: AbortSignal): Promise<readonly SkillListing[]>;
  list(): readonly SkillListing[];
  /** What may be used by an agent that works in this jail. */
  ready(jail: string | undefined): readonly LoadedSkill[];
  /** Everything that may be used by anybody. */
  all(): readonly LoadedSkill[];
  /** True where a skill of words may be used whose folder has this digest. */
  approvedWords(name: string, digest: string): boolean;
  /** What approving a skill as it lies there now would mean. Throws AtomError `not-found`, `usage`. */
  plan(id: string, signal: AbortSignal): Promise<SkillPlan>;
  /** Approves exactly what has this digest. Throws AtomError `blocked` where that is not there any more. */
  approve(order: ApproveOrder, signal: AbortSignal): Promise<SkillApproval>;
  /** Turns one off, or on again. False where it was so already. */
  turn(id: string, on: boolean, signal: AbortSignal): Promise<boolean>;
  /** What approving the skill of any folder would mean, were it the owner's own. */
  check(folder: string, signal: AbortSignal): Promise<SkillPlan>;
  /** Works with a folder as it lies there now, while nobody else reads or compiles. Throws AtomError `not-found`. */
  inTurn<T>(id: string, work: (found: FoundFolder) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Forgets an approval, for a skill that is taken away. */
  forget(id: string, signal: AbortSignal): Promise<void>;
}

export interface ApproveOrder {
  readonly id: string;
  readonly digest: string;
  /** `surface/id`. */
  readonly by: string;
}

/** What nobody approved yet. */
const NEW = { state: 'waiting', why: 'it is not among your skills' } as const;

const NONE: Sorted = { found: [], listings: [], ready: [], bundled: [] };

export function createShelf(deps: ShelfDeps): Shelf {
  const { store, kept } = deps;
  let now = NONE;
  let last: Promise<unknown> = Promise.resolve();
  const look = async (signal: AbortSignal): Promise<readonly SkillListing[]> => {
    now = await sortFound(deps, await deps.find(signal));
    deps.onLook(now.listings);
    return now.listings;
  };
  // One at a time: two that compile would end each other's compiler.
  const reload = (signal: AbortSignal): Promise<readonly SkillListing[]> => {
    const next = last.then(() => look(signal));
    last = next.catch(() => undefined);
    return next;
  };
  const requireFound = (id: string): { found: FoundFolder; listing: SkillListing } => {
    const listing = listed(now, id);
    const found = now.found.find((one) => one.id === id);
    if (found && listing.state !== 'broken') return { found, listing };
    throw new AtomError('usage', `${id} cannot be approved: ${listing.why ?? 'it is broken'}`);
  };
  const plan = async (one: { found: FoundFolder; listing: SkillListing }): Promise<SkillPlan> => {
    const approval = (await skillApprovals(store)).get(one.found.id);
    const textNow = (file: SkillFile) => textFound(one.found.folder, file);
    return planFor({ textNow, textThen: kept.read, bundled: now.bundled }, one, approval);
  };
  return {
    reload,
    list: () => now.listings,
    ready: (jail) =>
      callable(now.ready.filter((one) => one.jail === undefined || one.jail === jail)),
    all: () => callable(now.ready),
    approvedWords: (name, digest) =>
      now.ready
        .flatMap((one) => one.skills)
        .some(({ skill }) => isWords(skill) && skill.name === name && skill.digest === digest),
    plan: async (id, signal) => {
      await reload(signal);
      return plan(requireFound(id));
    },
    approve: async ({ id, digest, by }, signal) => {
      await reload(signal);
      const { found } = requireFound(id);
      if (found.origin === 'bundled')
        throw new AtomError('usage', `${id} comes with atom and needs no approval.`);
      if (trustDigest(found) !== digest)
        throw new AtomError('blocked', `${id} changed since it was shown. Nothing was approved.`, {
          next: [`Look at it again:   atom skills approve ${id}`],
        });
      const approval = await recordApproval(deps, found, by);
      await reload(signal);
      return approval;
    },
    turn: async (id, on, signal) => {
      listed(now, id);
      const changed = await recordTurn(deps, id, on);
      await reload(signal);
      return changed;
    },
    inTurn: (id, work, signal) => {
      const next = last.then(async () => {
        await look(signal);
        return work(requireFound(id).found);
      });
      last = next.catch(() => undefined);
      return next;
    },
    check: async (folder, signal) => {
      const place = { id: basename(folder), folder, origin: 'profile' } as const;
      const next = last.then(() => deps.read(place, signal));
      last = next.catch(() => undefined);
      const found = await next;
      const listing = listingOf(found, refusalOf(found, now.bundled) ?? NEW, undefined);
      return plan({ found, listing });
    },
    forget: async (id, signal) => {
      await recordRemoval(deps, id);
      await reload(signal);
    },
  };
}

const isWords = ({ kind }: LoadedSkill['skill']): boolean => kind === 'text';

/** Words are read, not called. */
const callable = (folders: readonly FoundFolder[]): readonly LoadedSkill[] =>
  folders.flatMap(({ skills }) => skills.filter(({ skill }) => !isWords(skill)));
