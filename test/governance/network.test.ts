import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import type { Action, Prepared } from '../../src/domain/action.ts';
import type { Labels } from '../../src/domain/label.ts';
import { isThere, lookAtFolder } from '../../src/files/changes.ts';
import { redeem } from '../../src/governance/grant.ts';
import { heldBy } from '../../src/governance/labels/held.ts';
import { createTaints } from '../../src/governance/labels/taints.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { allTaints, putTaint } from '../../src/store/tables/taints.ts';
import { freshStore } from '../store/fresh.ts';
import { intent, setGovernor } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'atom-network-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inside = (name: string): string => join(folder, name);

/** A command in a jail that may reach a host, which writes a file when it runs. */
const speaking = (more: Partial<Prepared>): Action => ({
  name: 'shell.exec',
  prepare: async (resource) => ({
    resource,
    facts: {},
    argv: ['make'],
    jail: 'work',
    reversible: { folder },
    reads: [{ path: folder, how: 'below' }],
    writes: [{ path: folder, how: 'below' }],
    card: { kind: 'command', words: ['make'], may: [], undo: '' },
    ...more,
  }),
  execute: async (grant) => {
    redeem(grant);
    writeFileSync(inside('made.txt'), `${Math.random()}`);
    const contacts = { reached: [{ host: 'a.example:443', up: 1, down: 2 }], refused: [] };
    return { exit: 0, ending: 'exit', stdout: '', contacts };
  },
});

async function stage(more: Partial<Prepared> = {}, privates: readonly string[] = []) {
  const { store } = await freshStore();
  const shared = {
    store,
    privates: () => privates,
    exists: isThere,
    nameOf: (path: string) => path.slice(folder.length + 1),
  };
  const log = createLog(() => undefined);
  const taints = createTaints({ ...shared, log, look: lookAtFolder });
  const governor = await setGovernor({
    store,
    maturity: 'supervised',
    actions: [speaking(more)],
    gates: { taints, held: (run, prepared) => heldBy(shared, run, prepared) },
  });
  return { ...governor, run: (id: string) => governor.perform(intent(id, 'shell.exec')) };
}

const network = { speaksTo: ['a.example'] };
const strangers: Labels = { integrity: 'untrusted', confidentiality: 'public' };

test('what a command gives back that spoke to a host is anybody’s words, and so is what it wrote', async () => {
  const { run, store } = await stage(network);
  expect(await run('one')).toMatchObject({
    ok: true,
    from: { labels: { integrity: 'untrusted' }, source: 'the network (a.example)' },
  });
  const tainted = (await allTaints(store)).map(({ path, labels }) => [path, labels.integrity]);
  expect(tainted).toContainEqual([inside('made.txt'), 'untrusted']);
});

test('without a network it is the owner’s own', async () => {
  const { run, store } = await stage();
  expect(await run('one')).not.toHaveProperty('from');
  expect(await allTaints(store)).toEqual([]);
});

test('a look in such a jail is nobody’s but the owner’s', async () => {
  const { run, store } = await stage({ ...network, argv: ['ls'] });
  expect(await run('one')).not.toHaveProperty('from');
  expect(await allTaints(store)).toEqual([]);
});

test('whom it spoke to is on the record, in bytes', async () => {
  const { run, store } = await stage(network);
  await run('one');
  const [done] = await newestEntries(store, { limit: 1 });
  expect(done).toMatchObject({
    kind: 'done',
    body: { contacts: { reached: [{ host: 'a.example:443', up: 1, down: 2 }] } },
  });
});

test('it is refused in a folder that holds a secret it would read', async () => {
  const { run, store } = await stage(network);
  writeFileSync(inside('copied.txt'), 'of taxes');
  const labels: Labels = { integrity: 'local', confidentiality: 'secret' };
  await store.tx((sql) => putTaint(sql, { path: inside('copied.txt'), run: '', labels }));
  expect(await run('one')).toMatchObject({ ok: false, reason: 'policy' });
  expect(JSON.stringify(await run('two'))).toContain('it could send copied.txt');
});

test('it is refused where it names what is private, and a look is not', async () => {
  const reads = [{ path: inside('taxes.pdf'), how: 'below' as const }];
  const privates = [inside('taxes.pdf')];
  const { run } = await stage({ ...network, reads }, privates);
  expect(JSON.stringify(await run('one'))).toContain('it could send taxes.pdf');
  const looks = await stage({ ...network, reads, argv: ['ls'] }, privates);
  expect(await looks.run('one')).toMatchObject({ ok: true });
  const without = await stage({ reads }, privates);
  expect(await without.run('one')).toMatchObject({ ok: true });
});

test('it is refused in a conversation that has seen a secret, and asked about after strangers’ words', async () => {
  const { run, world } = await stage(network);
  world.labels = { integrity: 'local', confidentiality: 'secret' };
  expect(JSON.stringify(await run('one'))).toContain('nothing may leave');
  const heard = await stage(network);
  heard.world.labels = strangers;
  void heard.run('two');
  await expect.poll(() => heard.asked.length).toBe(1);
});
