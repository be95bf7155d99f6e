import type { Verdict } from './check.ts';

/** How a campaign is run. */
export interface Settings {
  readonly seed: number;
  /** bin/atom.js of another build. */
  readonly program?: string | undefined;
  /** How long answers are waited for that are not coming; two minutes unless told. */
  readonly patienceMs?: number | undefined;
  /** The folder of a world where a promise was broken stays, with what was seen and logged. */
  readonly keep?: boolean;
}

/** What came of one fault. */
export interface Outcome extends Verdict {
  /** How often it struck. */
  readonly struck: number;
  /** Folder of the world, where it was kept. */
  readonly kept?: string;
}

/** One thing that goes wrong, in a world of its own. */
export interface Fault {
  readonly name: string;
  /** How often it strikes: each night, and for whoever asks for less. */
  readonly nightly: number;
  readonly usual: number;
  /** Why it cannot be had on this machine; undefined where it can. */
  readonly missing?: () => string | undefined;
  strike(times: number, settings: Settings): Promise<Outcome>;
}
