// The process that speaks WhatsApp, for one connection. It holds no database and writes no file: what it
// must remember it asks its parent to keep (descriptor 3), and what happens it tells over Node's own
// channel. Its standard streams lead nowhere, because its libraries print keys.
import type { ChildSettings, News, Order } from '../frames.ts';
import { createAsking } from './ask.ts';
import { NotLoaded } from './baileys.ts';
import { NEVER_BEGUN } from './never-begun.ts';
import { openSession } from './session.ts';

const PIPE = 3;
/** A moment for the last news to leave. */
const LAST_WORDS_MS = 500;

const tell = (news: News): void => {
  if (process.send === undefined || !process.connected) process.exit(1);
  const isLast = news.news === 'closed';
  process.send(news, () => {
    if (isLast) process.exit(0);
  });
  if (isLast) setTimeout(() => process.exit(0), LAST_WORDS_MS);
};

const asking = createAsking(PIPE);

process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', () => process.exit(1));
// Of a connection that ended, queries fail that nobody waits for.
process.on('unhandledRejection', () => undefined);

const session = openSession({
  settings: JSON.parse(process.argv[2] ?? '') as ChildSettings,
  tell,
  ask: (wish) => {
    try {
      return asking(wish);
    } catch {
      // What is not kept must not be built upon: nothing more leaves.
      return process.exit(1);
    }
  },
});
session.catch((error: unknown) => {
  if (!(error instanceof NotLoaded)) process.exit(1);
  tell({ news: 'closed', code: NEVER_BEGUN, words: error.message });
});
process.on('message', (order: Order) => {
  session.then(({ obey }) => obey(order)).catch(() => process.exit(1));
});
