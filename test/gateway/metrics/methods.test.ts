import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../../src/domain/caller.ts';
import type { Health } from '../../../src/domain/health.ts';
import { createHub } from '../../../src/gateway/hub.ts';
import { kernelFor } from '../../../src/gateway/kernel-for.ts';
import type { Network } from '../../../src/gateway/network/network.ts';
import type { MetricsAnswers } from '../../../src/protocol/metrics-methods.ts';
import { openAtom } from './atom.ts';

/** No port is open. */
const closed: Network = {
  status: () => ({ state: 'off' }),
  settle: async () => ({ state: 'off' }),
  connectionsOf: () => 0,
  close: async () => undefined,
};

async function openKernel() {
  const { atom, profile } = await openAtom();
  const ending = { stop: () => undefined, stopping: () => false };
  const kernel = kernelFor({
    atom,
    hub: createHub(() => undefined),
    startedAt: 0,
    ports: { network: closed, webhooks: closed },
    ending: { ...ending, follow: () => undefined, closed: new Promise(() => undefined) },
  });
  const reader = { ...LOCAL_OWNER, scopes: ['read'] as const };
  const ask = async <T>(method: string, params = {}): Promise<T> => {
    const answer = await kernel.call(reader, method, params);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.payload as T;
  };
  const stateOf = async (name: string): Promise<string | undefined> =>
    (await ask<Health>('health')).checks.find((check) => check.name === name)?.state;
  return { atom, profile, kernel, ask, stateOf };
}

describe('the methods stats and health', () => {
  it('are for whoever may read, and need a moment to count from', async () => {
    const { ask, kernel } = await openKernel();
    const { stats, live } = await ask<MetricsAnswers['stats']>('stats', { since: 0 });
    expect(stats).toMatchObject({
      since: 0,
      messages: [],
      approvals: { asked: 0 },
      currency: 'USD',
    });
    expect(live.channels).toEqual([]);
    const nobody = { ...LOCAL_OWNER, scopes: [] };
    expect(await kernel.call(nobody, 'health', {})).toMatchObject({ ok: false });
    expect(await kernel.call(LOCAL_OWNER, 'stats', {})).toMatchObject({ ok: false });
  });

  it('name each thing that has to work', async () => {
    const { ask } = await openKernel();
    const { checks } = await ask<Health>('health');
    expect(checks.map(({ name }) => name)).toEqual([
      ...['gateway', 'store', 'jail', 'channel terminal', 'record', 'spool', 'outbox', 'disk'],
    ]);
    const bad = checks.filter(({ name, state }) => state === 'bad' && name !== 'jail');
    expect(bad).toEqual([]);
  });

  it('see what is wrong with the record, the queues and the disk', async () => {
    const { atom, profile, ask, stateOf } = await openKernel();
    const { store } = atom.records;
    expect(await stateOf('record')).toBe('good');
    await store.run("UPDATE audit SET body = '{}' WHERE seq = (SELECT max(seq) FROM audit)");
    expect(await stateOf('record')).toBe('bad');
    await store.run('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    expect(await stateOf('record')).toBe('bad');
    const hours = (many: number): number => Date.now() - many * 3_600_000;
    await store.run(
      `INSERT INTO outbox(id, lane, body, state, at) VALUES('o', 'telegram/1/2/', '{}', 'queued', $1)`,
      hours(0.5),
    );
    expect(await stateOf('outbox')).toBe('note');
    await store.run('UPDATE outbox SET at = $1', hours(2));
    expect(await stateOf('outbox')).toBe('bad');
    expect((await ask<Health>('health')).ok).toBe(false);
    await store.close();
    rmSync(profile.paths.data, { recursive: true });
    expect(await stateOf('store')).toBe('bad');
    expect(await stateOf('disk')).toBe('good');
  });
});
