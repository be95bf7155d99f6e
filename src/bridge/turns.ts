import type { Metadata, TurnResult } from './contract.ts';
import type { LinkEvent } from './link.ts';

/** A message that an agent has not dealt with yet, as the program knows it. */
export interface Pending {
  readonly messageId: string;
  readonly sessionKey: string;
  readonly metadata?: Metadata;
}

/** Knows which turns answer which messages. */
export interface Turns {
  /** The gateway took a message and calls it `ref`; returns how its turn ended, where it has already. */
  took(ref: string, message: Pending): TurnResult | undefined;
  /** The message that a reply is for, by the gateway's name for it. */
  messageOf(ref: string): Pending | undefined;
  joined(about: LinkEvent & { readonly kind: 'joined' }): void;
  /** The messages that this turn answered. */
  ended(about: LinkEvent & { readonly kind: 'ended' }): readonly Pending[];
}

/** What nobody ever hears of again is forgotten after this many others. */
const MOST = 10_000;

export function createTurns(): Turns {
  const pending = new Map<string, Pending>();
  /** Also those that were dealt with: a reply is told after the turn that it came of has ended. */
  const known = new Map<string, Pending>();
  /** By the turn that they were taken into. */
  const riders = new Map<string, readonly string[]>();
  /** Turns that ended before anybody here knew which message they are about. */
  const over = new Map<string, TurnResult>();
  const settle = (ref: string): readonly Pending[] => {
    const message = pending.get(ref);
    pending.delete(ref);
    return message ? [message] : [];
  };
  return {
    took(ref, message) {
      remember(known, ref, message);
      const result = over.get(ref);
      over.delete(ref);
      if (result === undefined) remember(pending, ref, message);
      return result;
    },
    messageOf: (ref) => known.get(ref),
    joined: ({ from, into }) => remember(riders, into, [...(riders.get(into) ?? []), from]),
    ended({ ref, result }) {
      const refs = [ref, ...(riders.get(ref) ?? [])];
      riders.delete(ref);
      for (const one of refs) if (!pending.has(one)) remember(over, one, result);
      return refs.flatMap(settle);
    },
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
