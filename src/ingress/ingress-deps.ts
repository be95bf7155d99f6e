import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import type { People } from '../governance/people/people.ts';
import type { AnswerDeps } from './answers.ts';
import type { Keeping } from './keep.ts';
import type { OrderDoors } from './order-doors.ts';
import type { Said } from './pair-door.ts';
import type { PairingDeps } from './pairing.ts';
import type { Knocked } from './strangers.ts';

/** What the door for messages is handed. */
export interface IngressDeps extends AnswerDeps, Keeping, PairingDeps, OrderDoors {
  readonly bus: Bus;
  readonly log: Log;
  readonly store: Store;
  readonly people: Pick<People, 'roleOf' | 'isBlocked'>;
  /** The user who says something; undefined for the owner, and for whoever has none. */
  readonly userOf: (event: Pick<InboundEvent, 'from' | 'sender' | 'via'>) => User | undefined;
  readonly onStranger: (event: InboundEvent, knocked: Knocked) => void;
  /** Stops the turn of a session, by its key. False where none ran. */
  readonly stopTurn: (key: string, by: string) => boolean;
  /**
   * Told of each message that was kept for a session, by the session's key. True where the turn that ran
   * is stopped for it: only where it `may`.
   */
  readonly arrived: (message: {
    readonly key: string;
    readonly event: string;
    readonly may: boolean;
  }) => boolean;
  /** Lets another agent answer in a session, or tells which there are; in words. */
  readonly chooseAgent: (
    said: Pick<InboundEvent, 'from' | 'sender' | 'via'> & { readonly session: string },
    name: string | undefined,
  ) => Promise<string>;
  /** True where a channel brings what was refused again later, one by one. */
  readonly bringsAgain: (channel: string) => boolean;
  /** Answers an event in the chat it came from, outside any turn, and keeps it as answered. */
  readonly answer: (event: InboundEvent, said: string | Said) => Promise<void>;
  /** Tells the sender of an event something meanwhile; its turn is still to come. */
  readonly notice: (event: InboundEvent, text: string) => Promise<void>;
  /** Lets a platform know that a button was seen. */
  readonly acknowledge: (event: InboundEvent, note: string) => Promise<void>;
}
