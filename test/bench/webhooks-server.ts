// The port for webhooks in front of a whole atom that takes no turns, for webhooks.ts: at /hooks/webhook what is
// acknowledged is durable, at /hooks/none the same server keeps nothing. Any word on its input ends all that waits.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAtom } from '../../src/atom.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { createWebhook } from '../../src/channels/webhook/create.ts';
import { accountOf } from '../../src/config/account.ts';
import { checkConfig } from '../../src/config/check.ts';
import { readEnv } from '../../src/config/env.ts';
import { pathsFor } from '../../src/config/paths.ts';
import type { Channel, ChannelHooks } from '../../src/domain/channel.ts';
import { openWebhooks } from '../../src/gateway/webhooks/webhooks.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';

const [, , folder = '', secret = ''] = process.argv;
const sources = [{ name: 'bench', role: 'member' }];
const checked = checkConfig({
  version: 1,
  channels: { webhook: { sources } },
  webhooks: { port: 0 },
});
if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
const paths = pathsFor({ ...readEnv(), folders: { atomConfig: folder, atomState: folder } });
for (const path of [paths.data, paths.state]) mkdirSync(path, { recursive: true });
const log = createLog(() => undefined);
const metrics = createMetrics(systemClock);
const atom = await createAtom({
  config: checked.config,
  paths,
  clock: systemClock,
  log,
  version: '0',
  metrics,
  account: accountOf({ home: folder }),
  packageFolder: join(folder, 'package'),
  emit: () => undefined,
  secrets: {
    get: async () => undefined,
    set: async () => 'file',
    list: async () => [],
    remove: async () => false,
    where: async () => ({ place: 'file', words: 'nowhere' }),
  },
});

function channelWith(accept: ChannelHooks['accept']): Channel {
  const source = { name: 'bench', session: 'bench', secret };
  const channel = createWebhook({ sources: [source], clock: systemClock, newId: () => newId() });
  channel.open({ accept, health: () => undefined });
  return channel;
}

const all = {
  webhook: async (event) => void (await atom.accept(event)),
  none: async () => undefined,
} as const satisfies Record<string, ChannelHooks['accept']>;
const hooks = new Map(
  Object.entries(all).flatMap(([name, accept]) => {
    const { hook } = channelWith(accept);
    return hook ? [[name, hook] as const] : [];
  }),
);
const port = openWebhooks({
  place: checked.config.webhooks,
  hooks: () => hooks,
  clock: systemClock,
  log,
  onAnswered: metrics.hooked,
});
const status = await port.settle();
process.stdout.write(`${JSON.stringify(status)}\n`);
process.stdin.on('end', () => process.exit());
process.stdin.on('data', async () => {
  // As if turns had been taken: more may never wait than an atom takes in.
  await atom.records.store.tx(async (sql) => {
    await sql.run(`UPDATE spool SET state = 'handled', result = 'replied' WHERE state = 'waiting'`);
    await sql.run('UPDATE lane SET depth = 0');
  });
  process.stdout.write('ended\n');
});
