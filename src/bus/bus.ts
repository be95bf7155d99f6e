import type { AgentChange } from '../domain/agent-change.ts';
import type { Alert } from '../domain/alert.ts';
import type { Approval } from '../domain/approval.ts';
import type { FeedPost, Reaction } from '../domain/feed-post.ts';
import type { HaltChange } from '../domain/halt.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Pairing } from '../domain/pairing.ts';
import type { SenderChange } from '../domain/sender.ts';
import type { SkillListing } from '../domain/skill-trust.ts';

/** What parts of atom tell each other. A lost one costs time, never data: the truth is in the store. */
export interface Topics {
  /** Something waits in the spool. */
  readonly inbound: undefined;
  /** Something waits in the outbox. */
  readonly outbound: undefined;
  /** An answer was queued for the chat that asked, which lives on `channel`. */
  readonly replied: {
    readonly channel: string;
    readonly id: string;
    readonly session: string;
    readonly inReplyTo: string;
    readonly text: string;
    readonly at: number;
  };
  readonly 'approval.asked': Approval;
  readonly 'approval.decided': Approval;
  /** A card did not arrive where it was sent, or nobody knows whether it did; the id of its approval. */
  readonly 'card.undelivered': { readonly approval: string };
  readonly 'feed.posted': FeedPost;
  /** Something came of what one agent was asked by another; the id of its event. */
  readonly 'errand.answered': { readonly event: string };
  /** Somebody said what they think of the post of a number. */
  readonly 'feed.reacted': Reaction & { readonly post: number };
  /** Too many codes of the second factor were refused; milliseconds since 1970. */
  readonly 'factor.locked': { readonly until: number };
  /** A channel that had lost its platform has it again. */
  readonly 'channel.back': { readonly channel: string };
  /** The turn of a job is over; nothing of it is told where its agent is private. */
  readonly 'job.ended': {
    readonly job: string;
    readonly agent: string;
    readonly result: 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';
  };
  /** An agent rose, fell, came, or was made to rest. */
  readonly 'agent.changed': AgentChange;
  /** Standing approvals were taken out that the record does not know, in words. */
  readonly 'standing.lost': string;
  /** The owner taught something that stands from now on. */
  readonly learned: Lesson;
  /** A skill cannot be used yet, in one line with what to do. */
  readonly 'skill.waits': string;
  /** The folders of skills were looked at; `unasked` where nobody looks at what was found. */
  readonly 'skills.looked': {
    readonly listings: readonly SkillListing[];
    readonly unasked: boolean;
  };
  readonly 'halt.changed': HaltChange;
  /** The record has grown so much that it is to be signed. */
  readonly 'record.due': undefined;
  /** Something that the owner may want to hear of elsewhere. */
  readonly alert: Alert;
  /** A limit refuses; told once for as long as it is about. */
  readonly 'limit.reached': { readonly id: string; readonly words: string };
  /** A link was used or burnt, a stranger has a code, or the owner decided. */
  readonly 'pairing.changed': Pairing;
  /** Too many codes were wrong: nobody can pair until then (the steady clock's). */
  readonly 'pairing.locked': { readonly until: number };
  /** Somebody who is no owner wanted everything stopped; of theirs, so many turns were. */
  readonly 'panic.asked': { readonly who: string; readonly stopped: number };
  /** Who may talk to atom changed. */
  readonly 'sender.changed': SenderChange;
}

export interface Bus {
  tell<T extends keyof Topics>(topic: T, what: Topics[T]): void;
  /** Returns how to stop listening. */
  on<T extends keyof Topics>(topic: T, listener: (what: Topics[T]) => void): () => void;
}

type Listeners = { readonly [T in keyof Topics]: Set<(what: Topics[T]) => void> };

/** A bus within one process. Listeners are called at once, in the order they came. */
export function createBus(): Bus {
  const listeners: Listeners = {
    inbound: new Set(),
    outbound: new Set(),
    replied: new Set(),
    'approval.asked': new Set(),
    'approval.decided': new Set(),
    'card.undelivered': new Set(),
    'feed.posted': new Set(),
    'errand.answered': new Set(),
    'feed.reacted': new Set(),
    'factor.locked': new Set(),
    'channel.back': new Set(),
    'job.ended': new Set(),
    'agent.changed': new Set(),
    'standing.lost': new Set(),
    learned: new Set(),
    'skill.waits': new Set(),
    'skills.looked': new Set(),
    'halt.changed': new Set(),
    'record.due': new Set(),
    alert: new Set(),
    'limit.reached': new Set(),
    'pairing.changed': new Set(),
    'pairing.locked': new Set(),
    'panic.asked': new Set(),
    'sender.changed': new Set(),
  };
  return {
    tell: (topic, what) => {
      for (const listener of listeners[topic]) listener(what);
    },
    on: (topic, listener) => {
      listeners[topic].add(listener);
      return () => listeners[topic].delete(listener);
    },
  };
}
