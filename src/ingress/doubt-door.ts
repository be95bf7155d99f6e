import type { DoubtAnswer } from '../domain/doubt.ts';
import type { InboundEvent } from '../domain/event.ts';

/** How the owner settles from a chat what a crash cut off; each answers what they are told. */
export interface DoubtDoor {
  /** What is in doubt, and how whoever asked settles it: not every message may. */
  list(event: Pick<InboundEvent, 'via'>): Promise<string>;
  /** Whether a run of this code is in doubt, or was until somebody settled it. */
  isNamed(code: string): Promise<boolean>;
  /** Settles one. Where it is to be done again, what comes of that is told later, in the same chat. Throws AtomError. */
  settle(event: InboundEvent, answer: Pick<DoubtAnswer, 'word' | 'code'>): Promise<string>;
  /** The same by a button: only by one that was signed for this run and whoever pressed it. */
  press(event: InboundEvent): Promise<string>;
}
