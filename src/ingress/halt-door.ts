import type { Decider } from '../domain/approval.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Place } from './talk-door.ts';

/** What a person can do about everything at once; each answers what they are told. */
export interface HaltDoor {
  /** Kills what runs and refuses everything from now on. */
  panic(by: Decider): Promise<string>;
  /** Stops what somebody who is no owner began, and tells the owner that they wanted everything stopped. */
  stopTheirs(place: Place): Promise<string>;
  resume(by: Decider, proof: string | undefined): Promise<string>;
  /** How things stand, in a few lines. */
  status(): Promise<string>;
  /** Tells the sender of a message that was kept, once, why it rests; false while nothing holds. */
  explain(event: InboundEvent): Promise<boolean>;
}
