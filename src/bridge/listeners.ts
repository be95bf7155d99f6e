import type { BridgeEventName, BridgeEvents } from './contract.ts';

type Listener = (about: never) => void;

/** Who wants to hear what of a bridge. */
export interface Listeners {
  emit<E extends BridgeEventName>(event: E, about: BridgeEvents[E]): void;
  on<E extends BridgeEventName>(event: E, listener: (about: BridgeEvents[E]) => void): () => void;
}

export function createListeners(): Listeners {
  const all = new Map<BridgeEventName, Set<Listener>>();
  return {
    emit(event, about) {
      for (const listener of [...(all.get(event) ?? [])]) tell(listener, about as never);
    },
    on(event, listener) {
      const those = all.get(event) ?? new Set<Listener>();
      all.set(event, those.add(listener));
      return () => those.delete(listener);
    },
  };
}

/** What a listener throws is its program's fault and is reported there; it must not stop the line. */
function tell(listener: Listener, about: never): void {
  try {
    listener(about);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
