import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeScene, type Scene } from './scene.ts';

/** A small project with everything that a tree can hold. */
function furnish({ put, work }: Scene): void {
  for (let n = 0; n < 30; n++) put(`src/part${n % 3}/file${n}.ts`, `export const n = ${n};\n`);
  put('src/run.sh', '#!/bin/sh\necho hi\n', 0o755);
  put('src/large.bin', Buffer.alloc(3 * 1024 ** 2 + 17, 'large '));
  put('src/exact.bin', Buffer.alloc(2 * 1024 ** 2, 7));
  put('src/empty.txt');
  put('.env', 'KEY=secret\n', 0o600);
  put('locked/inner.txt', 'inner\n', 0o400);
  mkdirSync(join(work, 'src/empty/er'), { recursive: true });
  symlinkSync('src/run.sh', join(work, 'run'));
  symlinkSync('/nowhere/at all', join(work, 'src/dangling'));
  writeFileSync(
    Buffer.concat([Buffer.from(`${work}/src/`), Buffer.from([0x66, 0xff, 0xfe])]),
    'odd',
  );
  chmodSync(join(work, 'locked'), 0o555);
  for (const path of ['src/run.sh', 'src/part0', 'src'])
    utimesSync(join(work, path), 1e9, 1e9 + 0.25);
}

describe('taking back brings the same tree, byte for byte,', () => {
  const disasters: readonly (readonly [what: string, script: string])[] = [
    ['rm -rf src', 'rm -rf src'],
    ['rm -rf of everything', 'rm -rf -- * .env'],
    ['a bad sed -i', "find src -name '*.ts' -exec sed -i 's/export/exprot/' {} +"],
    ['chmod -R', 'chmod -R a+rwx . && chmod 000 src/run.sh'],
    ['links put elsewhere', 'ln -sfn /etc run; rm src/dangling; echo x > src/dangling'],
    [
      'a folder where a file was, and a file where a folder was',
      'rm -r src/part1 run; echo > src/part1; mkdir -p run/a/b; echo > run/a/b/c',
    ],
    [
      'files and folders that were added',
      'mkdir -p new/a/b; echo 1 > new/a/b/c; echo 2 > src/part0/more; mkfifo src/pipe; rm src/pipe',
    ],
    ['touch', 'touch src/run.sh src/part0/file0.ts; touch -h run'],
    ['mv', 'mv src lib; mv lib/part2 .'],
    [
      'cut and grown files',
      ': > src/large.bin; printf x >> src/exact.bin; truncate -s 99 src/empty.txt',
    ],
    ['a rewritten secret', 'echo KEY=other > .env'],
  ];
  for (const [what, script] of disasters)
    it(`after ${what}`, async () => {
      const scene = await makeScene();
      furnish(scene);
      const before = scene.picture();
      await scene.run('r1', script);
      expect(scene.picture()).not.toBe(before);
      const { kept, failed } = await scene.restore();
      expect({ kept, failed }).toEqual({ kept: [], failed: [] });
      expect(scene.picture()).toBe(before);
    });

  it('after git reset --hard', async () => {
    const scene = await makeScene();
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
        cwd: scene.work,
        stdio: 'ignore',
      });
    scene.put('a.txt', 'committed\n');
    scene.put('b.txt', 'committed\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    scene.put('a.txt', 'a day of work\n');
    scene.put('staged.txt', 'staged\n');
    git('add', 'staged.txt');
    const before = scene.picture();
    await scene.run('r1', 'git reset -q --hard && git gc -q --prune=now');
    expect(existsSync(join(scene.work, 'staged.txt'))).toBe(false);
    await scene.restore();
    expect(scene.picture()).toBe(before);
    expect(readFileSync(join(scene.work, 'a.txt'), 'utf8')).toBe('a day of work\n');
  });

  it('after 1,000 files were rewritten', async () => {
    const scene = await makeScene();
    for (let n = 0; n < 1000; n++) scene.put(`d${n % 20}/f${n}`, `content ${n}\n`);
    const before = scene.picture();
    await scene.run('r1', 'for d in d*; do for f in $d/*; do echo rewritten > $f; done; done');
    expect((await scene.plan()).changes).toHaveLength(1000);
    await scene.restore();
    expect(scene.picture()).toBe(before);
  });

  it('also after a start of the gateway in between', async () => {
    const scene = await makeScene();
    furnish(scene);
    const before = scene.picture();
    await scene.run('r1', 'rm -rf src');
    const again = await scene.reopen();
    await again.restore();
    expect(again.picture()).toBe(before);
  });
});

describe('what was done later', () => {
  it('by hand stays, and is told, unless it is said otherwise', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    scene.put('b.txt', 'b');
    await scene.run('r1', 'echo agent > a.txt; echo agent > b.txt; echo agent > c.txt');
    scene.put('b.txt', 'by hand');
    scene.put('d.txt', 'by hand');
    const { changes, kept } = await scene.restore();
    expect(changes).toEqual([
      { path: 'a.txt', what: 'change' },
      { path: 'c.txt', what: 'remove' },
    ]);
    expect(kept).toEqual(['b.txt']);
    expect(readFileSync(join(scene.work, 'b.txt'), 'utf8')).toBe('by hand');
    expect(readFileSync(join(scene.work, 'd.txt'), 'utf8')).toBe('by hand');
    await scene.restore('r1', true);
    expect(readFileSync(join(scene.work, 'b.txt'), 'utf8')).toBe('b');
    expect(readFileSync(join(scene.work, 'd.txt'), 'utf8')).toBe('by hand');
  });

  it('by hand in a folder that the run made keeps the folder', async () => {
    const scene = await makeScene();
    await scene.run('r1', 'mkdir -p new/a; echo agent > new/a/x; mkdir new/b');
    scene.put('new/a/mine', 'by hand');
    const { kept } = await scene.restore();
    expect(kept).toEqual(['new', 'new/a']);
    expect(existsSync(join(scene.work, 'new/a/x'))).toBe(false);
    expect(existsSync(join(scene.work, 'new/b'))).toBe(false);
    expect(readFileSync(join(scene.work, 'new/a/mine'), 'utf8')).toBe('by hand');
  });

  it('by hand with the same size and an old time is noticed', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'before');
    await scene.run('r1', 'printf agents > a.txt; touch -d @1000000000 a.txt');
    writeFileSync(join(scene.work, 'a.txt'), 'byhand');
    utimesSync(join(scene.work, 'a.txt'), 1e9, 1e9);
    expect((await scene.plan()).kept).toEqual(['a.txt']);
  });

  it('by hand, a removed folder, is not made again for what was in it', async () => {
    const scene = await makeScene();
    scene.put('d/a.txt', 'a');
    scene.put('d/b.txt', 'b');
    await scene.run('r1', 'rm d/a.txt');
    rmSync(join(scene.work, 'd'), { recursive: true });
    const { changes, kept } = await scene.plan();
    expect({ changes, kept }).toEqual({ changes: [], kept: ['d/a.txt'] });
  });

  it('by another run is no part of what the first one did', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    scene.put('b.txt', 'b');
    const before = scene.picture();
    await scene.run('r1', 'echo one > a.txt; echo new > n.txt');
    await scene.run('r2', 'echo two > b.txt; echo two >> a.txt');
    expect(await scene.plan('r1')).toMatchObject({
      changes: [{ path: 'n.txt', what: 'remove' }],
      kept: ['a.txt'],
    });
    await scene.restore('r2');
    expect((await scene.plan('r1')).kept).toEqual([]);
    await scene.restore('r1');
    expect(scene.picture()).toBe(before);
  });
});

describe('taking back', () => {
  it('goes one run further back each time, and can itself be taken back', async () => {
    const scene = await makeScene();
    scene.put('a.txt', '0');
    await scene.run('r1', 'printf 1 > a.txt');
    await scene.run('r2', 'printf 2 > a.txt');
    const text = () => readFileSync(join(scene.work, 'a.txt'), 'utf8');
    await scene.restore();
    expect(text()).toBe('1');
    await scene.restore();
    expect(text()).toBe('0');
    await expect(scene.restore()).rejects.toThrow('nothing that can be taken back');
    const [latest] = await scene.undo.list({ limit: 1 });
    expect(latest?.action).toBe('undo.restore');
    await scene.restore(latest?.code);
    expect(text()).toBe('1');
    await scene.restore();
    expect(text()).toBe('0');
  });

  it('does only what was shown', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    scene.put('b.txt', 'b');
    await scene.run('r1', 'rm a.txt b.txt');
    const { digest } = await scene.plan();
    scene.put('a.txt', 'by hand');
    const wish = { ref: 'r1', force: false, plan: digest, by: 'u1' };
    await expect(scene.undo.restore(wish, AbortSignal.timeout(5000))).rejects.toThrow(
      'changed since',
    );
    expect(existsSync(join(scene.work, 'b.txt'))).toBe(false);
  });

  it('of a run whose end was not seen touches nothing unless it is said otherwise', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    const change = { run: 'r1', action: 'shell.exec', words: ['rm'], folder: scene.work };
    await scene.undo.before(change, AbortSignal.timeout(5000));
    rmSync(join(scene.work, 'a.txt'));
    const again = await scene.reopen();
    expect(await again.plan()).toMatchObject({ changes: [], kept: ['a.txt'] });
    await again.restore('r1', true);
    expect(readFileSync(join(scene.work, 'a.txt'), 'utf8')).toBe('a');
  });

  it('of one file looks at nothing else', async () => {
    const scene = await makeScene();
    scene.put('d/a.txt', 'a');
    scene.put('b.txt', 'b');
    await scene.run('r1', 'echo agent > d/a.txt; echo other > b.txt', { path: 'd/a.txt' });
    await scene.run('r2', 'echo agent > d/new.txt', { path: 'd/new.txt' });
    const { changes } = await scene.restore('r1');
    expect(changes).toEqual([{ path: 'd/a.txt', what: 'change' }]);
    expect((await scene.restore('r2')).changes).toEqual([{ path: 'd/new.txt', what: 'remove' }]);
    expect(readFileSync(join(scene.work, 'b.txt'), 'utf8')).toBe('other\n');
  });

  it('forgets a run that changed nothing', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    await scene.run('r1', 'cat a.txt');
    expect(await scene.undo.list({ limit: 5 })).toEqual([]);
  });

  it('is refused where the folder was replaced by another', async () => {
    const scene = await makeScene();
    scene.put('a.txt', 'a');
    await scene.run('r1', 'rm a.txt');
    renameSync(scene.work, `${scene.work}-old`);
    mkdirSync(scene.work);
    await expect(scene.plan()).rejects.toThrow('no longer the folder it was');
  });
});

describe('a link that was planted', () => {
  it('leads nowhere: what lies outside is neither read nor changed', async () => {
    const scene = await makeScene();
    const outside = join(scene.root, 'outside');
    mkdirSync(outside);
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(outside, name), 'CANARY');
    scene.put('d/a.txt', 'a');
    scene.put('d/b.txt', 'b');
    const before = scene.picture();
    await scene.run('r1', `rm -r d; ln -s ${outside} d; ln -s ${outside}/a.txt new.txt`);
    const { failed } = await scene.restore();
    expect(failed).toEqual([]);
    expect(scene.picture()).toBe(before);
    expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe('CANARY');
    expect(readFileSync(join(outside, 'b.txt'), 'utf8')).toBe('CANARY');
  });

  it('in a place of a folder since, keeps what was in that folder', async () => {
    const scene = await makeScene();
    const outside = join(scene.root, 'outside');
    mkdirSync(outside);
    scene.put('d/a.txt', 'a');
    await scene.run('r1', 'rm d/a.txt');
    rmSync(join(scene.work, 'd'), { recursive: true });
    symlinkSync(outside, join(scene.work, 'd'));
    const { changes, kept } = await scene.restore();
    expect({ changes, kept }).toEqual({ changes: [], kept: ['d/a.txt'] });
    expect(existsSync(join(outside, 'a.txt'))).toBe(false);
  });
});
