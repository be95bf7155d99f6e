import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { signStandard } from '../../src/channels/signatures/standard-webhooks.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { until } from '../flows/stage/until.ts';
import { freePort } from '../peers/free-port.ts';

const POSTS = 60;
const AT_ONCE = 12;

beforeAll(async () => void (await builtAtom()));

it('loses no webhook that it acknowledged, killed in the middle, and answers each once', {
  timeout: 90_000,
}, async () => {
  const port = await freePort();
  const profile = createProfile({
    config: { webhooks: { port }, limits: { actionsPerMinute: 10_000 } },
    env: { DBUS_SESSION_BUS_ADDRESS: '', PORT: '' },
  });
  onTestFinished(profile.remove);
  const added = await atom(profile, ['channels', 'add', 'webhook', '--set', 'source=a', '--json']);
  const secret = String(JSON.parse(added.out)['webhook.a']);
  const first = await startGateway(profile);
  const acknowledged = new Set<string>();
  const killed = Promise.withResolvers<void>();
  /** As platforms do: again and again, until it is acknowledged. */
  const deliver = async (id: string): Promise<void> => {
    const body = JSON.stringify({ text: `hello ${id}`, thread: id.slice(-1) });
    for (;;) {
      const headers = signStandard({ id, at: Math.floor(Date.now() / 1000), body }, secret);
      const url = `http://127.0.0.1:${port}/hooks/webhook`;
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
      if (answer?.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    acknowledged.add(id);
    if (acknowledged.size === POSTS / 3) await first.kill().then(killed.resolve);
  };
  const ids = Array.from({ length: POSTS }, (_, n) => `msg_${n}`);
  const posting = Promise.all(
    Array.from({ length: AT_ONCE }, async (_, worker) => {
      for (const [n, id] of ids.entries()) if (n % AT_ONCE === worker) await deliver(id);
    }),
  );
  await killed.promise;
  const second = await startGateway(profile);
  onTestFinished(second.kill);
  await posting;
  const open = () =>
    profile.rows<{ n: number }>(
      `SELECT (SELECT count(*) FROM spool WHERE state = 'waiting') +
              (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')) AS n`,
    )[0]?.n;
  await until('everything to be answered', () => open() === 0, 60_000);
  const kept = profile.rows<{ id: string; state: string; result: string }>(
    `SELECT external_id AS id, state, result FROM spool WHERE channel = 'webhook'`,
  );
  expect(kept.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(new Set(kept.map(({ state, result }) => `${state}: ${result}`))).toEqual(
    new Set(['handled: replied']),
  );
});
