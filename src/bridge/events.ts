import type { GatewayEvent } from '../protocol/events.ts';

/** Events that came before anybody listened; more than this and the oldest are let go. */
const HELD = 1000;

export interface Events {
  emit(event: GatewayEvent): void;
  on(listener: (event: GatewayEvent) => void): () => void;
}

/** Hands events to listeners; the first listener also gets what came before it. */
export function createEvents(): Events {
  const listeners = new Set<(event: GatewayEvent) => void>();
  let held: GatewayEvent[] | undefined = [];
  return {
    emit(event) {
      if (held) held = [...held.slice(1 - HELD), event];
      for (const listener of [...listeners]) listener(event);
    },
    on(listener) {
      const missed = held ?? [];
      held = undefined;
      listeners.add(listener);
      for (const event of missed) listener(event);
      return () => listeners.delete(listener);
    },
  };
}
