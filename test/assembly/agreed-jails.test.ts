import { beforeEach, expect, it } from 'vitest';
import { agreedJails } from '../../src/assembly/agreed-jails.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import type { Config } from '../../src/config/schema.ts';
import type { JailSpec } from '../../src/domain/jail.ts';
import type { Store } from '../../src/domain/store.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import type { SecondFactor } from '../../src/governance/second-factor/second-factor.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { freshStore } from '../store/fresh.ts';

const work: JailSpec = { name: 'work', folder: '/w', mode: 'read-write' };
const notes: JailSpec = { name: 'notes', folder: '/n', mode: 'read-only' };

let store: Store;
let said: string[];
beforeEach(async () => {
  store = (await freshStore()).store;
  said = [];
});

/** Starts with the jails of a file, as a gateway does. */
function start(jails: readonly JailSpec[], enrolled = true) {
  const log = createLog(({ level, text }) => said.push(`${level} ${text}`));
  const factor = { enrolled: async () => enrolled } as SecondFactor;
  const options = { config: { jails } as unknown as Config, log };
  return agreedJails(options, { store, audit: createAudit(systemClock), factor });
}
const recorded = async () => (await newestEntries(store, { limit: 10 })).map(({ kind }) => kind);

it('the jails of a first start are taken, and noted', async () => {
  expect(await start([work])).toEqual({ jails: [work], waiting: [] });
  expect(await start([work])).toEqual({ jails: [work], waiting: [] });
  expect(await recorded()).toEqual(['jails.changed']);
  expect(said).toEqual([]);
});

it('what a file was edited to allow is not taken where there is a second factor, and told of', async () => {
  await start([work]);
  const wide: JailSpec = { ...work, network: ['example.org'] };
  expect(await start([wide, notes])).toEqual({ jails: [work], waiting: [wide, notes] });
  expect(said.join()).toMatch(/^warn .*jail work .*reach example\.org.*atom jails agree/);
  expect(said.join()).toMatch(/jail notes .*read files in \/n/);
  expect(await recorded()).toEqual(['jails.refused', 'jails.changed']);
});

it('without a second factor it is taken, and noted as what holds', async () => {
  await start([work], false);
  const wide: JailSpec = { ...work, git: 'open' };
  expect(await start([wide], false)).toEqual({ jails: [wide], waiting: [] });
  expect(await start([wide])).toEqual({ jails: [wide], waiting: [] });
  expect(await recorded()).toEqual(['jails.changed', 'jails.changed']);
});

it('what a file was edited to forbid holds at once, and is not given back by another edit', async () => {
  await start([work, notes]);
  const narrow: JailSpec = { ...work, mode: 'read-only' };
  expect(await start([narrow])).toEqual({ jails: [narrow], waiting: [] });
  expect(await start([work, notes])).toEqual({ jails: [narrow], waiting: [work, notes] });
});
