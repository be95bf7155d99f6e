import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { steadyClock, systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { createTelegram } from '../../src/channels/telegram/create.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createDelivery } from '../../src/outbox/deliver.ts';
import { queueText } from '../../src/outbox/queue.ts';
import { createLaneLoop } from '../../src/store/lane-loop.ts';
import { openStore } from '../../src/store/open.ts';
import { outboxDepth } from '../../src/store/tables/outbox.ts';
import type { Tally } from './limited-telegram.ts';

const CHATS = 40;
const EACH = 5;
const GROUP = -100;

/** How the outbox sends many messages that wait, beside the fastest that the published limits allow. */
export interface Sending extends Tally {
  readonly ms: number;
  readonly idealMs: number;
}

/** Sends 5 messages to each of 40 people and `toGroup` to a group, with the outbox and the channel as they are. */
export async function sendMany(folder: string, toGroup: number): Promise<Sending> {
  const server = fork(join(import.meta.dirname, 'limited-telegram-process.ts'));
  const [apiRoot] = (await once(server, 'message')) as [string];
  const store = await openStore({ file: join(folder, `sender-${toGroup}.db`) });
  const log = createLog(() => undefined);
  const channel = createTelegram({
    token: '1:bench',
    apiRoot,
    log,
    clock: systemClock,
    newId: () => newId(),
  });
  const loads = [
    ...Array.from({ length: CHATS }, (_, n) => ({ chat: n + 1, many: EACH })),
    { chat: GROUP, many: toGroup },
  ];
  const steady = steadyClock(systemClock);
  for (const { chat, many } of loads)
    for (let n = 0; n < many; n++)
      await store.tx((sql) =>
        queueText(sql, channel.facts, {
          id: `${chat}-${n}`,
          to: { channel: 'telegram', account: '1', peer: String(chat) },
          text: String(n),
          at: Date.now(),
        }),
      );
  const deps = { store, clock: systemClock, steady, log, audit: createAudit(systemClock) };
  const loop = createLaneLoop({
    store,
    clock: steady,
    queue: 'out',
    most: 8,
    leaseMs: 60_000,
    ...createDelivery({
      ...deps,
      metrics: createMetrics(systemClock),
      discard: async () => undefined,
      channel: () => channel,
    }),
    onError: (error) => console.error(error),
  });
  loop.start();
  while ((await outboxDepth(store)).waiting > 0) await new Promise((done) => setTimeout(done, 20));
  await loop.stop();
  await store.close();
  server.send('tally');
  const [tally] = (await once(server, 'message')) as [Tally];
  server.disconnect();
  return { ...tally, ms: tally.lastAt - tally.firstAt, idealMs: idealMs(toGroup) };
}

/** The first of each goes at once; whatever is slowest decides. */
function idealMs(toGroup: number): number {
  const overall = ((CHATS * EACH + toGroup - 1) / 30) * 1000;
  const windows = Math.floor((toGroup - 1) / 20);
  const group = windows * 60_000 + (toGroup - 1 - windows * 20) * 1000;
  return Math.max(overall, (EACH - 1) * 1000, group);
}
