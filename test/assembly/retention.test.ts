import { afterEach, expect, it, vi } from 'vitest';
import { startRetention } from '../../src/assembly/retention.ts';
import { createLog } from '../../src/base/log.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

afterEach(() => vi.useRealTimers());

it('writes what the owner agreed to down anew before it would be dropped with the record', async () => {
  const { store } = await freshStore();
  const clock = heldClock();
  const audit = createAudit(clock);
  await store.tx((sql) => audit(sql, 'jails.changed', { jails: ['work'] }));
  clock.pass(400 * 86_400_000);
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const config = { retention: { days: 30, recordDays: 365, feedDays: 90 } };
  const options = { config, clock, log: createLog(() => undefined) };
  const stop = startRetention(options as never, { store, audit }, { forgetOld: async () => 0 });
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  const [entry] = await until('it is there again', async () => {
    const found = await newestEntries(store, { kind: 'jails.changed', limit: 9 });
    return found.length === 2 && found;
  });
  expect(entry).toMatchObject({ at: clock.now(), body: { jails: ['work'] } });
  stop();
});
