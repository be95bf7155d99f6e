import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Damaged } from './finding.ts';
import type { Judged } from './trust.ts';
import type { Walked } from './walk.ts';

export type Verification =
  | {
      readonly ok: true;
      readonly entries: number;
      /** Entries before this number were let go of, or not looked at. */
      readonly from: number;
      readonly head: string;
      /** Hex. */
      readonly root: string;
      /** How many of the entries a signed checkpoint covers, and by which key. */
      readonly signed: number;
      readonly key?: string;
      readonly remarks: readonly string[];
    }
  /** `seq` is the first number that does not hold; `entries` how many before it do. */
  | ({ readonly ok: false; readonly entries: number } & Damaged);

export interface VerifyOptions {
  /** Checkpoints that were kept elsewhere. */
  readonly outside?: readonly Checkpoint[];
  /** Texts of keys known from elsewhere; without one the record is taken at its word. */
  readonly trusted?: readonly string[];
  /** Look only at what came after this many entries, which a checkpoint has to cover. */
  readonly since?: number;
  /** Told now and then how many entries were walked. */
  readonly onPage?: (size: number) => void;
}

export const refusal = (damaged: Damaged, entries = damaged.seq): Verification => ({
  ok: false,
  entries: Math.max(0, entries),
  ...damaged,
});

/** What is kept of entries that were let go of does not fit. */
export const noBeginning = (size: number): Damaged => ({
  seq: size,
  done: 'rewritten',
  problem: `what stands for the entries before ${size} was changed`,
});

/** Everything held that was walked. */
export function whole({ size, head, root }: Walked, from: number, judged: Judged): Verification {
  const { signed, remarks, key } = judged;
  const all = { ok: true, entries: size, from, head, root, signed, remarks } as const;
  return key === undefined ? all : { ...all, key };
}
