import type { Log } from '../../base/log.ts';
import type { Door } from './door.ts';
import type { Bearers } from './who.ts';

export interface SignalDeps {
  readonly settings: {
    /** Digits without the plus, or a uuid. */
    readonly account: string;
    readonly door: Door;
    /** The same of those who may write. */
    readonly allow: readonly string[];
    readonly groups: readonly string[];
    readonly answerStrangers: boolean;
  };
  readonly bearers: Bearers;
  readonly log: Log;
  newId(): string;
  /** True for whoever was let in, by the settings or by pairing. */
  isKnown(id: string): boolean;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** How long signal-cli may take to answer a small question. */
  readonly answerMs: number;
}
