// The gateway's port with a feed behind it, into which somebody posts; for feed.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createFeedDesk } from '../../src/assembly/feed-desk.ts';
import { tellClients } from '../../src/assembly/tell-clients.ts';
import { createUsers } from '../../src/assembly/users.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newIdentity } from '../../src/base/ed25519.ts';
import { newId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { gatewaySchema } from '../../src/config/gateway-schema.ts';
import type { NewPost } from '../../src/domain/feed-post.ts';
import { redactPost } from '../../src/feed/redact.ts';
import { createHub } from '../../src/gateway/hub.ts';
import { createKernel, type Methods } from '../../src/gateway/kernel.ts';
import { knownBy } from '../../src/gateway/known-caller.ts';
import { openNetwork } from '../../src/gateway/network/network.ts';
import { createRepeats } from '../../src/gateway/repeats.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { openStore } from '../../src/store/open.ts';
import { insertPost } from '../../src/store/tables/feed.ts';

const [, , token = '', rate = '1000', seconds = '10'] = process.argv;
const folder = mkdtempSync('/var/tmp/atom-feed-');
const store = await openStore({ file: join(folder, 'atom.db') });
const [hub, bus, own] = [createHub(), createBus(), newIdentity()];
const log = createLog(() => undefined);
const users = createUsers({ users: [], waiting: [] });
tellClients({ emit: hub.emit, clock: systemClock, log }, { bus, users, store });
const desk = createFeedDesk({
  records: { store, users },
  performAsOwner: async () => ({ ok: false, reason: 'failed', message: 'nobody posts so' }),
});
const kernel = createKernel(
  {
    connect: async () => ({ protocol: 1, boot: hub.boot, seq: hub.seq(), gap: false }),
    'feed.list': desk.page,
  } as unknown as Methods,
  knownBy(users),
);
const network = openNetwork({
  endpoint: gatewaySchema.parse({ port: 0 }),
  connection: {
    kernel,
    hub,
    log,
    repeats: createRepeats(systemClock),
    metrics: createMetrics(systemClock),
  },
  routes: new Map(),
  clock: systemClock,
  log,
  onBurst: () => undefined,
  alert: () => undefined,
  credentials: {
    needed: async () => true,
    onNeeded: () => () => undefined,
    onRevoked: () => () => undefined,
    identity: async () => own,
    seen: () => undefined,
    open: async (auth, greeting) =>
      auth.kind === 'token' && auth.token === token
        ? {
            kind: 'caller',
            caller: { surface: 'program', id: 'p1', name: 'bench', scopes: ['read'] },
            handshake: { ...greeting, client: '' },
          }
        : { kind: 'refused', message: 'no' },
  },
});
const status = await network.settle();
process.stdout.write(`${status.state === 'listening' ? status.url : ''}\n`);

const TICK_MS = 20;
const TEXT = 'Finished in 12 s: 3 commands, 2 files read, wrote /home/dana/notes.txt.';
const postOf = (): NewPost => ({
  id: newId(),
  author: 'writer',
  by: 'agent',
  kind: 'status',
  text: redactPost(TEXT),
  at: Date.now(),
  mentions: [],
  about: 'turn.ended',
  labels: { integrity: 'local', confidentiality: 'private' },
});

async function keep(many: number): Promise<void> {
  const batch = Array.from({ length: many }, postOf);
  const kept = await store.tx((sql) => Promise.all(batch.map((one) => insertPost(sql, one))));
  for (const one of kept) if (one) bus.tell('feed.posted', one);
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}

/** Posts so many a second, those of a moment in one transaction, as atom itself does. */
async function post(): Promise<{ readonly reached: number; readonly cpuSeconds: number }> {
  const before = process.cpuUsage();
  const all = Number(rate) * Number(seconds);
  const start = performance.now();
  for (let posted = 0; posted < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - start) * Number(rate)) / 1000));
    await keep(due - posted);
    posted = due;
  }
  const { user, system } = process.cpuUsage(before);
  const reached = (all * 1000) / (performance.now() - start);
  return { reached, cpuSeconds: (user + system) / 1e6 };
}

/** So many more that whoever has read nothing is let go of. */
const MORE = 20;
const AT_ONCE = 1000;

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    if (line === 'post') process.stdout.write(`${JSON.stringify(await post())}\n`);
    else for (let i = 0; i < MORE; i++) await keep(AT_ONCE);
    if (line === 'more') process.stdout.write(`${JSON.stringify({ more: MORE * AT_ONCE })}\n`);
  })
  .on('close', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
