import type { InboundEvent } from './event.ts';

/** What arrives for a session while one of its turns runs. Where there is none, messages wait their turn. */
export interface Meanwhile {
  /** What may be taken into the turn now, oldest first. `begun`: its planner was asked already. */
  ready(begun: boolean): Promise<readonly InboundEvent[]>;
  /** All that waits behind the message that the turn answers, oldest first, what was taken in as well. */
  waiting(): Promise<readonly InboundEvent[]>;
  /** Counts one as begun, so that nobody drops it as untouched and a panic ends it with the turn. */
  begin(id: string): Promise<void>;
  /** True where an earlier try of the turn began the run of this id. */
  wasBegun(run: string): Promise<boolean>;
}
