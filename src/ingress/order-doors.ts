import type { InboundEvent } from '../domain/event.ts';
import type { DoubtDoor } from './doubt-door.ts';
import type { PairDoor } from './pair-door.ts';
import type { TalkDoor, UndoDoor } from './talk-door.ts';

/** What the orders of an owner lead to. */
export interface OrderDoors {
  readonly talks: TalkDoor;
  readonly undo: UndoDoor;
  readonly doubts: DoubtDoor;
  readonly pair: PairDoor;
  /** The latest of the feed that whoever said that may read, in words. */
  readonly latestPosts: (event: Pick<InboundEvent, 'from' | 'sender' | 'via'>) => Promise<string>;
}
