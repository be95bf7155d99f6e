import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { freePort } from '../peers/free-port.ts';
import { startGateway } from './measure.ts';
import { post, type Seen } from './webhook-load.ts';

const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');
const RATE = 2000;
/** What waits at the end needs its turns. */
const ANSWERED_MS = 15 * 60_000;

/** What became of everything that a real gateway acknowledged. */
export interface Survival {
  readonly seen: Seen;
  readonly lost: number;
  readonly unanswered: number;
}

/** Posts 2,000 a second to a gateway, kills it and starts it again in between, and looks what is in its store. */
export async function surviveLoad({
  seconds,
  kills,
}: {
  readonly seconds: number;
  readonly kills: number;
}): Promise<Survival> {
  const port = await freePort();
  const profile = createProfile({
    config: {
      webhooks: { port },
      limits: { actionsPerMinute: 100_000 },
    },
    env: { DBUS_SESSION_BUS_ADDRESS: '', PORT: '' },
  });
  try {
    const secret = secretOf(profile);
    const url = `http://127.0.0.1:${port}/hooks/webhook`;
    let gateway = await startGateway(atom, profile.env);
    const posting = post({ url, secret, connections: 50, duration: seconds, rate: RATE });
    for (let kill = 1; kill <= kills; kill++) {
      await pause((seconds * 1000) / (kills + 1));
      await gateway.kill();
      gateway = await startGateway(atom, profile.env);
    }
    const seen = await posting;
    await quiet(profile);
    await gateway.stop();
    return { seen, ...fateOf(profile, seen.acknowledged) };
  } finally {
    profile.remove();
  }
}

function secretOf(profile: Profile): string {
  const words = [atom, 'channels', 'add', 'webhook', '--set', 'source=bench', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    env: profile.env,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { 'webhook.bench': string })['webhook.bench'];
}

/** Until nothing waits for its turn or to be sent. */
async function quiet({ rows }: Profile): Promise<void> {
  const until = performance.now() + ANSWERED_MS;
  while (performance.now() < until) {
    const [open] = rows<{ n: number }>(
      `SELECT (SELECT count(*) FROM spool WHERE state = 'waiting') +
              (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')) AS n`,
    );
    if (open?.n === 0) return;
    await pause(500);
  }
}

function fateOf(
  { rows }: Profile,
  acknowledged: ReadonlySet<string>,
): Pick<Survival, 'lost' | 'unanswered'> {
  const kept = new Map(
    rows<{ id: string; state: string; result: string | null }>(
      `SELECT external_id AS id, state, result FROM spool WHERE channel = 'webhook'`,
    ).map(({ id, ...how }) => [id, how]),
  );
  const ids = [...acknowledged];
  return {
    lost: ids.filter((id) => !kept.has(id)).length,
    unanswered: ids.filter((id) => kept.get(id)?.state !== 'handled').length,
  };
}
