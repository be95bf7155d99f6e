import { SendError } from '../../domain/channel.ts';
import type { News } from './frames.ts';

/** How something went that the child was told to do. */
export type Outcome = Extract<News, { readonly call: number }>;
type Done = Exclude<Outcome, { news: 'unsent' }>;

/** What the child was told to do, until it says how that went. */
export interface Calls {
  /** Makes a number for one and waits for its end. Throws SendError. */
  begin(send: (call: number) => void): Promise<Done>;
  settle(news: Outcome): void;
  /** The child is gone: nobody knows what it still sent. */
  loseAll(): void;
}

export function createCalls(): Calls {
  const open = new Map<number, PromiseWithResolvers<Done>>();
  let last = 0;
  return {
    begin(send) {
      const call = ++last;
      const waiting = Promise.withResolvers<Done>();
      open.set(call, waiting);
      send(call);
      return waiting.promise;
    },
    settle(news) {
      const waiting = open.get(news.call);
      open.delete(news.call);
      if (news.news !== 'unsent') waiting?.resolve(news);
      else waiting?.reject(new SendError({ kind: news.kind, reason: news.reason }));
    },
    loseAll() {
      const reason = 'the connection to WhatsApp ended before it was confirmed';
      for (const waiting of open.values())
        waiting.reject(new SendError({ kind: 'unknown', reason }));
      open.clear();
    },
  };
}
