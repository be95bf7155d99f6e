import { leafHash } from '../../domain/audit-entry.ts';
import type { RawEntry } from '../../store/tables/audit.ts';
import type { Damaged } from './finding.ts';

/** Where a walk stopped: the entry that does not fit, what should stand there, and some that follow. */
export interface Stop {
  readonly raw: RawEntry;
  readonly seq: number;
  /** The hash of the entry before. */
  readonly prev: string;
  readonly later: readonly RawEntry[];
}

/** True where an entry is as it was written: its hash covers everything else in it. */
export const isWhole = (raw: RawEntry): boolean => leafHash(raw) === raw.hash;

/** Names what was done where a chain breaks. */
export function nameDamage(stop: Stop): Damaged {
  const { raw, seq, later } = stop;
  if (raw.seq > seq && later.some((entry) => entry.seq === seq)) return swapped(seq, raw.seq);
  if (raw.seq > seq) return missing(seq, raw.seq);
  if (raw.seq < seq) return inserted(raw.seq, `entry ${raw.seq} stands there twice`);
  return isWhole(raw) ? brokenLink(stop) : (moved(stop) ?? exchanged(stop) ?? changed(seq));
}

/** An entry whose hash fits under another number was moved, or others before it came or went. */
function moved({ raw, seq, prev, later }: Stop): Damaged | undefined {
  const numbers = [seq - 1, seq + 1, ...later.map((entry) => entry.seq)];
  const was = numbers.find((number) => isWhole({ ...raw, seq: number }));
  if (was === undefined) return undefined;
  const other = later.find((entry) => entry.seq === was);
  if (other && isWhole({ ...other, seq })) return swapped(seq, was);
  if (was > seq) return missing(seq, was, ', and those after renumbered');
  if (raw.hash === prev) return inserted(seq, `entry ${seq} is entry ${was} once more`);
  return inserted(was, `entry ${was} was put in: what stood there is now entry ${seq}`);
}

/** Two entries may have changed places with their hashes or without. */
function exchanged({ raw, seq, later }: Stop): Damaged | undefined {
  const other = later.find(
    (entry) =>
      isWhole({ ...raw, seq: entry.seq, prev: entry.prev }) ||
      isWhole({ ...raw, at: entry.at, kind: entry.kind, body: entry.body }),
  );
  return other && swapped(seq, other.seq);
}

/** Whole, but it follows from something else: whom the entry after it bears out was there first. */
function brokenLink({ raw, seq, later: [next] }: Stop): Damaged {
  const borneOut = next === undefined || next.prev === raw.hash;
  if (seq === 0 || !borneOut) return changed(seq, ' together with its hash');
  return {
    seq: seq - 1,
    done: 'changed',
    problem: `entry ${seq - 1} was changed together with its hash: entry ${seq} follows from what it was`,
  };
}

const missing = (from: number, to: number, more = ''): Damaged => ({
  seq: from,
  done: 'missing',
  problem:
    to - from === 1
      ? `entry ${from} was taken out${more}`
      : `entries ${from} to ${to - 1} were taken out${more}`,
});

const inserted = (seq: number, problem: string): Damaged => ({ seq, done: 'inserted', problem });

const swapped = (seq: number, other: number): Damaged => ({
  seq,
  done: 'swapped',
  problem: `entries ${seq} and ${other} changed places`,
});

const changed = (seq: number, how = ''): Damaged => ({
  seq,
  done: 'changed',
  problem: `entry ${seq} was changed${how} after it was written`,
});
