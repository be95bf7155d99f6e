import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { beginRun } from '../../src/store/tables/runs.ts';
import { heldClock } from '../store/fresh.ts';
import { makeScene, NOW } from './scene.ts';

const change = (run: string, folder: string) => ({
  run,
  action: 'shell.exec',
  words: ['sh'],
  folder,
});

const packsIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.pack'));

describe('what is kept', () => {
  it('is open to its owner only, compressed, and each content once', async () => {
    const scene = await makeScene();
    for (let n = 0; n < 50; n++) scene.put(`f${n}`, 'the same '.repeat(5000));
    await scene.run('r1', 'rm f1');
    const bytes = packsIn(scene.kept).map((name) => statSync(join(scene.kept, name)));
    expect(bytes.every(({ mode }) => (mode & 0o777) === 0o600)).toBe(true);
    expect(bytes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(8000);
  });

  it('grows by nothing where nothing changed', async () => {
    const clock = heldClock(Date.now() + 60_000);
    const scene = await makeScene(clock);
    for (let n = 0; n < 50; n++) scene.put(`d/f${n}`, `content ${n}`);
    await scene.run('r1', 'true');
    const before = packsIn(scene.kept);
    await scene.run('r2', 'true');
    expect(packsIn(scene.kept)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('notices a change within the tick in which it looked', async () => {
    const scene = await makeScene();
    scene.put('a', 'one');
    await scene.undo.before(change('r1', scene.work), NOW);
    writeFileSync(join(scene.work, 'a'), 'two');
    await scene.undo.after('r1');
    expect((await scene.plan('r1')).changes).toEqual([{ path: 'a', what: 'change' }]);
  });

  it('looks anew before a run that a crash kept from beginning', async () => {
    const scene = await makeScene();
    scene.put('a', 'one');
    await scene.undo.before(change('r1', scene.work), NOW);
    scene.put('a', 'two');
    const next = await scene.reopen();
    await next.run('r1', 'echo three > a');
    expect(next.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await next.restore('r1');
    expect(readFileSync(join(scene.work, 'a'), 'utf8')).toBe('two');
  });

  it('keeps the copy from before a run that began', async () => {
    const scene = await makeScene();
    scene.put('a', 'one');
    await scene.undo.before(change('r1', scene.work), NOW);
    const run = {
      id: 'r1',
      digest: 'd',
      action: 'shell.exec',
      state: 'begun',
      begunAt: 1,
    } as const;
    await scene.store.tx((sql) => beginRun(sql, run, 'boot'));
    scene.put('a', 'two');
    const copy = () => scene.store.get('SELECT before FROM undo_run');
    const [next, kept] = [await scene.reopen(), await copy()];
    await expect(next.undo.before(change('r1', scene.work), NOW)).rejects.toThrow(
      'before it began',
    );
    expect(await copy()).toEqual(kept);
  });

  it('holds what agents may not read, and brings it back', async () => {
    const scene = await makeScene();
    scene.put('.env', 'KEY=1', 0o600);
    await scene.run('r1', 'rm .env');
    await scene.restore();
    expect(readFileSync(join(scene.work, '.env'), 'utf8')).toBe('KEY=1');
    expect(statSync(join(scene.work, '.env')).mode & 0o777).toBe(0o600);
  });
});

describe('a crash', () => {
  it('while copies were made leaves everything that was kept before', async () => {
    const scene = await makeScene();
    scene.put('a', 'a');
    await scene.run('r1', 'rm a');
    // What a process that died in the middle leaves: half a pack that nothing on record mentions.
    writeFileSync(join(scene.kept, 'half.pack'), Buffer.from([9, 9, 9]), { mode: 0o600 });
    const again = await scene.reopen();
    expect(existsSync(join(scene.kept, 'half.pack'))).toBe(false);
    await again.run('r2', 'echo b > b');
    await again.restore('r1');
    expect(readFileSync(join(scene.work, 'a'), 'utf8')).toBe('a');
  });

  it('that tore a copy is noticed: the rest comes back and nothing wrong is written', async () => {
    const scene = await makeScene();
    scene.put('a', 'first content');
    scene.put('b', Buffer.alloc(100_000, 'x'));
    await scene.run('r1', 'rm a b');
    const row = await scene.store.get(
      'SELECT pack, at FROM undo_content ORDER BY at, pack LIMIT 1',
    );
    const pack = join(scene.kept, `${String(row?.pack)}.pack`);
    const bytes = readFileSync(pack);
    bytes[Number(row?.at) + 14] = (bytes[Number(row?.at) + 14] ?? 0) ^ 0xff;
    writeFileSync(pack, bytes);
    const { changes, failed } = await scene.restore();
    expect(changes).toHaveLength(1);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.why).toContain('damaged');
    expect(readdirSync(scene.work)).toHaveLength(1);
  });

  it('that cut the manifest off is said, and new changes are covered again', async () => {
    const scene = await makeScene();
    scene.put('a', 'a');
    await scene.run('r1', 'rm a');
    for (const name of packsIn(scene.kept)) truncateSync(join(scene.kept, name), 3);
    const again = await scene.reopen();
    await expect(again.plan('r1')).rejects.toThrow('not there any more');
    again.put('b', 'b');
    await again.run('r2', 'rm b');
    await again.restore('r2');
    expect(readFileSync(join(scene.work, 'b'), 'utf8')).toBe('b');
  });
});

describe('a folder that is too large', () => {
  it('is said not to be covered, and no run begins as if it were', async () => {
    const scene = await makeScene();
    scene.put('sparse');
    truncateSync(join(scene.work, 'sparse'), 1024 ** 3 + 1);
    expect(await scene.undo.covers(scene.work)).toEqual({
      ok: false,
      why: 'the folder holds more than 50,000 files or 1,024 MiB',
    });
    await expect(scene.undo.before(change('r1', scene.work), NOW)).rejects.toThrow(
      'No copy could be made before the change',
    );
    expect(await scene.undo.list({ limit: 9 })).toEqual([]);
    expect(packsIn(scene.kept)).toEqual([]);
  });

  it('since it was asked refuses the run, and says no from then on', async () => {
    const scene = await makeScene();
    expect(await scene.undo.covers(scene.work)).toMatchObject({ ok: true });
    scene.put('sparse');
    truncateSync(join(scene.work, 'sparse'), 1024 ** 3 + 1);
    await expect(scene.undo.before(change('r1', scene.work), NOW)).rejects.toThrow();
    expect(await scene.undo.covers(scene.work)).toMatchObject({ ok: false });
  });

  it('because of the run itself can be taken back all the same', async () => {
    const scene = await makeScene();
    scene.put('a', 'a');
    await scene.run('r1', 'rm a; truncate -s 2G junk');
    const { digest, changes } = await scene.plan();
    expect(changes).toEqual([
      { path: 'a', what: 'make' },
      { path: 'junk', what: 'remove' },
    ]);
    await scene.undo.restore({ ref: 'r1', force: false, plan: digest, by: 'u1' }, NOW);
    expect(readdirSync(scene.work)).toEqual(['a']);
  });

  it('only in what is made again leaves that out, says so, and does not touch it', async () => {
    const scene = await makeScene();
    scene.put('src/a', 'a');
    scene.put('app/node_modules/big');
    scene.put('app/dist/small', 'small');
    truncateSync(join(scene.work, 'app/node_modules/big'), 200 * 1024 ** 2);
    expect(await scene.undo.covers(scene.work)).toEqual({
      ok: true,
      words: 'can be undone for 30 days, but not in app/node_modules: atom undo',
    });
    await scene.run('r1', 'rm -r src app/dist; rm app/node_modules/big');
    const { changes, left } = await scene.restore();
    expect(left).toEqual(['app/node_modules']);
    expect(changes.map(({ path }) => path)).toEqual(['app/dist', 'app/dist/small', 'src', 'src/a']);
    expect(readdirSync(join(scene.work, 'app/node_modules'))).toEqual([]);
  });

  it('hides nothing by growing: what was copied before is compared whatever was added', async () => {
    const scene = await makeScene();
    scene.put('build/source.txt', 'a');
    await scene.run('r1', 'rm build/source.txt; truncate -s 300M build/junk');
    const { left, changes } = await scene.restore();
    expect(left).toEqual([]);
    expect(changes).toEqual([
      { path: 'build/junk', what: 'remove' },
      { path: 'build/source.txt', what: 'make' },
    ]);
  });
});

describe('what cannot be copied', () => {
  it('is passed over where it is a pipe, and nothing waits for it', async () => {
    const scene = await makeScene();
    scene.put('a', 'a');
    await scene.run('r0', 'mkfifo pipe');
    await scene.run('r1', 'rm a');
    await scene.restore('r1');
    expect(readFileSync(join(scene.work, 'a'), 'utf8')).toBe('a');
    expect(scene.lines.some(({ text }) => text.includes('pipes'))).toBe(true);
  });

  it('is nothing that a link leads to', async () => {
    const scene = await makeScene();
    mkdirSync(join(scene.root, 'outside'));
    writeFileSync(join(scene.root, 'outside/secret'), 'CANARY of the owner');
    symlinkSync(join(scene.root, 'outside'), join(scene.work, 'link'));
    symlinkSync(join(scene.root, 'outside/secret'), join(scene.work, 'file'));
    await scene.run('r1', 'rm link file');
    const sizes = await scene.store.all('SELECT length FROM undo_content');
    expect(sizes).toHaveLength(2);
    expect((await scene.plan()).changes).toHaveLength(2);
  });
});

describe('room', () => {
  it('is given back after thirty days', async () => {
    const clock = heldClock(Date.now());
    const scene = await makeScene(clock);
    scene.put('old', Buffer.alloc(50_000, 'old'));
    await scene.run('r1', 'rm old');
    clock.pass(20 * 86_400_000);
    scene.put('new', 'new');
    await scene.run('r2', 'rm new');
    clock.pass(15 * 86_400_000);
    await scene.undo.prune();
    expect((await scene.undo.list({ limit: 9 })).map(({ run }) => run)).toEqual(['r2']);
    await scene.restore('r2');
    expect(readFileSync(join(scene.work, 'new'), 'utf8')).toBe('new');
    clock.pass(40 * 86_400_000);
    await scene.undo.prune();
    expect(packsIn(scene.kept)).toEqual([]);
    expect(await scene.store.all('SELECT sha FROM undo_content')).toEqual([]);
  });

  it('is made by forgetting the oldest first, and what is left can still be taken back', async () => {
    const scene = await makeScene(undefined, 1_000_000);
    const noise = (seed: number): Buffer =>
      Buffer.from(
        Uint8Array.from({ length: 200_000 }, (_, n) => (n * n * seed + n * 7919) >>> (n % 13)),
      );
    scene.put('stays', noise(3));
    for (let n = 1; n <= 12; n++) {
      scene.put('big', noise(n * 31));
      await scene.run(`r${n}`, 'rm big');
    }
    const used = packsIn(scene.kept).reduce(
      (sum, name) => sum + statSync(join(scene.kept, name)).size,
      0,
    );
    expect(used).toBeLessThan(1_000_000);
    const runs = (await scene.undo.list({ limit: 20 })).map(({ run }) => run);
    expect(runs[0]).toBe('r12');
    expect(runs).not.toContain('r1');
    await scene.restore();
    expect(readFileSync(join(scene.work, 'big')).equals(noise(12 * 31))).toBe(true);
    expect(readFileSync(join(scene.work, 'stays')).equals(noise(3))).toBe(true);
  });
});

describe('two runs in one folder', () => {
  it('take turns, so that neither is blamed for the other', async () => {
    const scene = await makeScene();
    scene.put('a', 'a');
    const order: string[] = [];
    await scene.undo.before(change('r1', scene.work), NOW);
    const second = scene.undo.before(change('r2', scene.work), NOW).then(() => order.push('r2'));
    await pause(50);
    expect(scene.undo.busy(scene.work)).toBe(true);
    appendFileSync(join(scene.work, 'a'), 'by r1');
    order.push('r1');
    await scene.undo.after('r1');
    await second;
    writeFileSync(join(scene.work, 'b'), 'by r2');
    await scene.undo.after('r2');
    expect(order).toEqual(['r1', 'r2']);
    expect((await scene.plan('r1')).changes.map(({ path }) => path)).toEqual(['a']);
    expect((await scene.plan('r2')).changes.map(({ path }) => path)).toEqual(['b']);
    expect(scene.undo.busy(scene.work)).toBe(false);
  });

  it('one that is stopped while it waits leaves the way free', async () => {
    const scene = await makeScene();
    await scene.undo.before(change('r1', scene.work), NOW);
    const stop = new AbortController();
    const second = scene.undo.before(change('r2', scene.work), stop.signal);
    stop.abort();
    expect(await second).toBe(false);
    await scene.undo.after('r2');
    const third = scene.undo.before(change('r3', scene.work), NOW);
    await scene.undo.after('r1');
    expect(await third).toBe(true);
    await scene.undo.after('r3');
  });
});

describe('an ordinary user', () => {
  it.runIf(process.getuid?.() !== 0)('cannot lose what nobody may read', async () => {
    const scene = await makeScene();
    scene.put('closed', 'x', 0o000);
    await expect(scene.undo.before(change('r1', scene.work), NOW)).rejects.toThrow(
      'cannot be read',
    );
    chmodSync(join(scene.work, 'closed'), 0o600);
  });

  it.runIf(process.getuid?.() !== 0)('gets back a folder that was closed', async () => {
    const scene = await makeScene();
    scene.put('d/e/a', 'a');
    const before = scene.picture();
    await scene.run('r1', 'chmod 000 d/e; chmod 500 d');
    await scene.restore();
    expect(scene.picture()).toBe(before);
  });
});
