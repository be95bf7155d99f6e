import { SendError, type SendFailure } from '../../domain/channel.ts';

/** What a process was told to send, until it says how that went. */
export interface Calls {
  /** Resolves to the platform's id. Rejects with SendError, and `unknown` once the signal aborts. */
  begin(send: (call: number) => void, signal: AbortSignal): Promise<string>;
  /** False where nobody waits for that call: it was made up, or came too late. */
  settle(call: number, how: { readonly id: string } | SendFailure): boolean;
  /** The process is gone: nobody knows what it still sent. */
  loseAll(reason: string): void;
}

export function createCalls(): Calls {
  const open = new Map<number, PromiseWithResolvers<string>>();
  let last = 0;
  return {
    begin(send, signal) {
      const call = ++last;
      const waiting = Promise.withResolvers<string>();
      open.set(call, waiting);
      const late = (): void =>
        waiting.reject(new SendError({ kind: 'unknown', reason: 'it took too long to answer' }));
      signal.addEventListener('abort', late, { once: true });
      send(call);
      return waiting.promise.finally(() => signal.removeEventListener('abort', late));
    },
    settle(call, how) {
      const waiting = open.get(call);
      open.delete(call);
      if ('id' in how) waiting?.resolve(how.id);
      else waiting?.reject(new SendError(how));
      return waiting !== undefined;
    },
    loseAll(reason) {
      for (const waiting of open.values())
        waiting.reject(new SendError({ kind: 'unknown', reason }));
      open.clear();
    },
  };
}
