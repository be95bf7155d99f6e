import { createTree } from '../../base/merkle.ts';
import { leafHash } from '../../domain/audit-entry.ts';
import type { RawEntry } from '../../store/tables/audit.ts';
import type { TreeRow } from '../../store/tables/audit-tree.ts';
import type { Damaged } from './finding.ts';
import { nameDamage } from './name-damage.ts';

/** What the tree has to be at some size, and who says so. */
export interface Mark {
  readonly size: number;
  /** The root, hex. */
  readonly root: string;
  readonly who: string;
  /** True where nobody signed it: whoever changes the record can change that as well. */
  readonly unsigned?: true;
}

export interface WalkParts {
  /** Where to begin. */
  readonly start: TreeRow;
  readonly marks: readonly Mark[];
  /** The entries after a number, in order, a page of them; none at the end. */
  readonly page: (after: number) => Promise<readonly RawEntry[]>;
  /** More that has to be true of an entry; resolves to what is wrong. */
  readonly look: (raw: RawEntry) => Promise<Damaged | undefined> | undefined;
  /** Told after each page how many entries were walked. */
  readonly onPage?: (size: number) => void;
}

/** How far everything holds, and what stopped the walk. */
export interface Walked {
  readonly size: number;
  readonly head: string;
  readonly root: string;
  readonly damaged?: Damaged;
}

/** Entries that are looked at to tell what was done where the chain breaks. */
const WINDOW = 2000;

/** Walks entry by entry: each follows from the one before, and the tree is what every mark says. */
export async function walk(parts: WalkParts): Promise<Walked> {
  const steps = createSteps(parts);
  for (let after = parts.start.size - 1; ; ) {
    const entries = await parts.page(after);
    const damaged = steps.missed() ?? (await takePage(parts, steps, entries));
    if (damaged) return steps.end(damaged);
    parts.onPage?.(steps.size());
    const last = entries.at(-1);
    if (!last) return steps.end(cutOff(parts.marks, steps));
    after = last.seq;
  }
}

async function takePage(
  { look, page }: WalkParts,
  steps: Steps,
  entries: readonly RawEntry[],
): Promise<Damaged | undefined> {
  let at = 0;
  for (const raw of entries) {
    at += 1;
    if (!steps.fits(raw)) {
      const later = await following(page, entries.slice(at), raw.seq);
      return named(steps, raw, later);
    }
    // Almost never is there more to look at, and waiting for nothing would cost as much as hashing.
    const looked = look(raw);
    const damaged = looked && (await looked);
    if (damaged) return damaged;
    const missed = steps.take(raw);
    if (!missed) continue;
    // Where the chain breaks right behind the checkpoint, that says more than the checkpoint does.
    const [next, ...rest] = await following(page, entries.slice(at), raw.seq);
    return next && !steps.fits(next) ? named(steps, next, rest) : missed;
  }
  return undefined;
}

const named = (steps: Steps, raw: RawEntry, later: readonly RawEntry[]): Damaged =>
  nameDamage({ raw, seq: steps.size(), prev: steps.head(), later });

type Steps = ReturnType<typeof createSteps>;

/** Where a walk stands. */
function createSteps({ start, marks }: WalkParts) {
  const tree = createTree(start);
  const bySize = Map.groupBy(marks, ({ size }) => size);
  let { head, size: held } = start;
  const missed = (): Damaged | undefined => {
    const here = bySize.get(tree.size);
    if (!here) return undefined;
    const root = tree.root();
    const wrong = here.find((mark) => mark.root !== root);
    if (wrong) return rewritten(wrong, held);
    if (here.some(({ unsigned }) => !unsigned)) held = tree.size;
    return undefined;
  };
  return {
    missed,
    size: () => tree.size,
    /** Entries that the newest signed mark covers that held. */
    held: () => held,
    head: () => head,
    fits: (raw: RawEntry) =>
      raw.seq === tree.size && raw.prev === head && leafHash(raw) === raw.hash,
    take: (raw: RawEntry) => {
      tree.push(raw.hash);
      head = raw.hash;
      return missed();
    },
    end: (damaged: Damaged | undefined): Walked => {
      const walked = { size: tree.size, head, root: tree.root() };
      if (!damaged) return walked;
      const size = damaged.done === 'cut off' ? held : Math.min(tree.size, damaged.seq);
      return { ...walked, size, damaged };
    },
  };
}

async function following(
  page: WalkParts['page'],
  rest: readonly RawEntry[],
  stopped: number,
): Promise<readonly RawEntry[]> {
  const later = [...rest];
  while (later.length < WINDOW) {
    const more = await page(later.at(-1)?.seq ?? stopped);
    if (more.length === 0) break;
    later.push(...more);
  }
  return later.slice(0, WINDOW);
}

function rewritten({ size, who }: Mark, held: number): Damaged {
  const among = size - held === 1 ? `entry ${held} is` : `entries ${held} to ${size - 1} are`;
  const how = 'something there was changed, swapped, taken out or put in, and the chain made anew';
  return { seq: held, done: 'rewritten', problem: `${among} not what ${who} covers: ${how}` };
}

/** Entries behind the newest mark that held may have been made anew when others were taken out. */
function cutOff(marks: readonly Mark[], steps: Steps): Damaged | undefined {
  const [size, held] = [steps.size(), steps.held()];
  const beyond = marks.filter((mark) => mark.size > size);
  const most = beyond.reduce<Mark | undefined>(
    (found, mark) => (found && found.size >= mark.size ? found : mark),
    undefined,
  );
  if (!most) return undefined;
  const or = held < size ? `, or as many taken out from ${held} on and the chain made anew` : '';
  return {
    seq: size,
    done: 'cut off',
    problem: `${most.size - size} entries from ${size} on were cut off${or}: ${most.who} covers ${most.size}`,
  };
}
