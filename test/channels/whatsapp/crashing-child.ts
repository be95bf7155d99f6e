// The child's program, with a difference: a crash ends one connection and not the process, so that
// hundreds of them are affordable. From the crash on nothing of that connection is asked or sent any more.
import WebSocket from 'ws';
import { createAsking } from '../../../src/channels/whatsapp/child/ask.ts';
import { openSession, type Session } from '../../../src/channels/whatsapp/child/session.ts';
import type { ChildSettings, News, Order } from '../../../src/channels/whatsapp/frames.ts';

const open = new Set<WebSocket>();
const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (this: WebSocket, ...given: unknown[]) {
  open.add(this);
  Reflect.apply(send, this, given);
} as typeof send;

const asking = createAsking(3);
let session: Promise<Session> | undefined;

function begin(settings: ChildSettings): void {
  let dead = false;
  const crash = (): never => {
    if (!dead) process.send?.({ news: 'crashed' });
    dead = true;
    for (const socket of open) socket.terminate();
    open.clear();
    throw new Error('crashed');
  };
  session = openSession({
    settings,
    tell: (news: News) => void (dead || process.send?.(news)),
    ask: (wish) => {
      if (dead) return crash();
      try {
        return asking(wish);
      } catch {
        return crash();
      }
    },
  });
  session.catch(() => undefined);
}

process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on(
  'message',
  (order: Order | { readonly do: 'begin'; readonly settings: ChildSettings }) => {
    if (order.do === 'begin') return begin(order.settings);
    session?.then(({ obey }) => obey(order)).catch(() => undefined);
  },
);
