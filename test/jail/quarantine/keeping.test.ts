import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { asBytes } from '../../../src/jail/quarantine/byte-path.ts';
import { dropKept, findKept, listKept, pruneKept } from '../../../src/jail/quarantine/kept.ts';
import { createQuarantine, type QuarantineDeps } from '../../../src/jail/quarantine/quarantine.ts';
import { planRestore, restore } from '../../../src/jail/quarantine/restore.ts';
import { makeScene, type Scene } from '../scene.ts';

let scene: Scene;
let folder: string;
let root: string;

beforeEach(async () => {
  scene = await makeScene();
  folder = scene.jail.folder;
  root = join(scene.root, 'quarantine');
});
afterEach(() => scene.remove());

const place = () => {
  const { dev, ino } = lstatSync(folder);
  return { jail: 'work', folder, folderId: `${dev}:${ino}`, unprotected: [], run: 'run-1' };
};
const open = (more: Partial<QuarantineDeps> = {}) =>
  createQuarantine({ root, clock: systemClock, ...more });

/** A launcher of a gateway that was started anew, or on another disk. */
function gateway(more: Partial<QuarantineDeps> = {}) {
  const launch = createLauncher({ ...scene.deps, quarantine: open(more) });
  return (script: string, mode: 'read-only' | 'read-write' = 'read-write') =>
    launch(
      { jail: { ...scene.jail, mode }, argv: ['/bin/sh', '-c', script], cwd: folder },
      AbortSignal.timeout(20_000),
      () => undefined,
    );
}

const failing =
  (code: string): NonNullable<QuarantineDeps['rename']> =>
  () => {
    throw Object.assign(new Error(code), { code });
  };

describe('after a crash', () => {
  test('what the run left is moved out when atom starts again', async () => {
    writeFileSync(join(folder, '.npmrc'), 'mine');
    await open().note(place());
    writeFileSync(join(folder, '.envrc'), 'evil');
    const [settled] = await open().recover([folder]);
    expect(settled).toMatchObject({ folder, quarantined: ['.envrc'] });
    expect(readdirSync(folder)).toEqual(['.npmrc']);
    expect(listKept(root)[0]).toMatchObject({ jail: 'work', run: 'run-1' });
    expect(await open().recover([folder])).toEqual([]);
  });

  test('it is moved out before the next command runs there, also one that only looks', async () => {
    await open().note(place());
    writeFileSync(join(folder, '.envrc'), 'evil');
    const { stdout, quarantined } = await gateway()('ls -A', 'read-only');
    expect(stdout).toBe('');
    expect(quarantined).toEqual(['.envrc']);
  });

  test('a note that was cut off means that nothing ran yet', async () => {
    await open().note(place());
    const [name = ''] = readdirSync(join(root, 'pending'));
    writeFileSync(join(root, 'pending', name), '{"jail":"wo');
    writeFileSync(join(folder, '.envrc'), 'mine');
    expect((await gateway()('true')).quarantined).toBeUndefined();
    expect(existsSync(join(folder, '.envrc'))).toBe(true);
  });

  test('another folder in the place of the jail is not touched', async () => {
    await open().note(place());
    renameSync(folder, `${folder}-old`);
    mkdirSync(folder);
    writeFileSync(join(folder, '.envrc'), 'mine');
    expect(await open().recover([folder])).toMatchObject([{ quarantined: [] }]);
    expect(readdirSync(folder)).toEqual(['.envrc']);
  });
});

describe('where it cannot be moved out', () => {
  test('the result says so, and nothing runs there until it can', async () => {
    const broken = gateway({ rename: failing('ENOSPC') });
    const { notes, quarantined } = await broken('echo evil > .envrc; echo evil > .exrc');
    expect(quarantined).toBeUndefined();
    expect(notes?.[0]).toMatch(
      /^ATTENTION: .*ENOSPC.*\.envrc, \.exrc.* No command runs in this jail/,
    );
    await expect(broken('true', 'read-only')).rejects.toMatchObject({ code: 'blocked' });
    await expect(gateway({ rename: failing('EIO') })('true')).rejects.toThrow('.envrc');
    expect(listKept(root)).toEqual([]);
    expect((await gateway()('ls -A')).stdout).toBe('');
  });

  test('a jail that grew too large to look through is told, and refused', async () => {
    const small = gateway({ most: 50 });
    const { notes } = await small('mkdir d; cd d; seq 60 | xargs touch');
    expect(notes?.[0]).toContain('more than 50 files');
    await expect(small('true')).rejects.toMatchObject({ code: 'blocked' });
    rmSync(join(folder, 'd'), { recursive: true });
    expect((await small('echo ok')).stdout).toBe('ok\n');
  });

  test.skipIf(process.getuid?.() !== 0)('a full disk (needs root for a small one)', async () => {
    const small = join(scene.root, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      const full = gateway({ root: join(small, 'quarantine') });
      const { notes } = await full('mkdir .vscode; head -c 200000 /dev/zero > .vscode/tasks.json');
      expect(notes?.[0]).toContain('ENOSPC');
      expect(existsSync(join(folder, '.vscode/tasks.json'))).toBe(true);
      await expect(full('true')).rejects.toMatchObject({ code: 'blocked' });
      rmSync(join(folder, '.vscode'), { recursive: true });
      expect((await full('echo ok')).stdout).toBe('ok\n');
      expect((await full('echo evil > .envrc')).quarantined).toEqual(['.envrc']);
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

test('across file systems it is copied whole, links as links, and removed', async () => {
  const other = gateway({
    rename: (from, to) =>
      to.startsWith(asBytes(root)) && !from.startsWith(asBytes(root))
        ? failing('EXDEV')(from, to)
        : renameSync(from, to),
  });
  const script =
    'mkdir -p .vscode/a; echo x > .vscode/a/run; chmod 755 .vscode/a/run; ln -s /etc/passwd .vscode/l; mkfifo .vscode/p; chmod 0 .vscode/a';
  expect((await other(script)).quarantined).toEqual(['.vscode']);
  expect(readdirSync(folder)).toEqual([]);
  const kept = join(root, listKept(root)[0]?.id ?? '', '0');
  expect(readdirSync(kept).sort()).toEqual(['a', 'l']);
  expect(lstatSync(join(kept, 'a/run')).mode & 0o777).toBe(0o755);
  expect(readlinkSync(join(kept, 'l'))).toBe('/etc/passwd');
});

describe('what is kept', () => {
  beforeEach(async () => {
    await scene.sh('mkdir -p a/b .vscode; echo one > a/b/.envrc; echo two > .vscode/tasks.json');
  });
  const id = (): string => listKept(root)[0]?.id ?? '';

  test('is put back where it was, with the folders that went meanwhile, and is left alone then', async () => {
    rmSync(join(folder, 'a'), { recursive: true });
    expect(restore(root, planRestore(root, { id: id() }))).toEqual(
      ['.vscode', 'a/b/.envrc'].map((path) => join(folder, path)),
    );
    expect(readFileSync(join(folder, 'a/b/.envrc'), 'utf8')).toBe('one\n');
    expect(listKept(root)).toEqual([]);
    expect((await scene.sh('cat a/b/.envrc')).quarantined).toBeUndefined();
  });

  test('is not put over anything, nor through a link', () => {
    mkdirSync(join(folder, '.vscode'));
    expect(() => planRestore(root, { id: id() })).toThrow('in its place already');
    rmSync(join(folder, '.vscode'), { recursive: true });
    rmSync(join(folder, 'a'), { recursive: true });
    mkdirSync(join(scene.home, 'target'));
    symlinkSync(join(scene.home, 'target'), join(folder, 'a'));
    expect(() => restore(root, planRestore(root, { id: id() }))).toThrow(
      /in its place|not a folder/,
    );
    expect(readdirSync(join(scene.home, 'target'))).toEqual([]);
  });

  test('goes to another folder where that is wished, and has to where the jail is gone', () => {
    const to = join(scene.root, 'to');
    mkdirSync(to);
    cpSync(folder, `${folder}-copy`, { recursive: true });
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-copy`, folder);
    expect(() => planRestore(root, { id: id() })).toThrow('no longer the folder it was');
    restore(root, planRestore(root, { id: id(), to }));
    expect(readFileSync(join(to, 'a/b/.envrc'), 'utf8')).toBe('one\n');
  });

  test('can be dropped for good', () => {
    const dropped = id();
    dropKept(root, dropped);
    expect(() => findKept(root, dropped)).toThrow('Nothing in quarantine');
    expect(readdirSync(root)).toEqual(['pending']);
  });

  test('is forgotten after 30 days, not before', () => {
    const now = systemClock.now();
    expect(pruneKept(root, now + 29 * 86_400_000)).toEqual([]);
    expect(pruneKept(root, now + 31 * 86_400_000)).toHaveLength(1);
    expect(listKept(root)).toEqual([]);
  });

  test('gives way to newer where all of it is too much', async () => {
    const older = id();
    const file = join(root, older, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(
      file,
      JSON.stringify({ ...manifest, at: manifest.at - 1000, bytes: 2 * 1024 ** 3 }),
    );
    await scene.sh('echo three > .exrc');
    expect(listKept(root).map(({ items }) => items[0]?.path)).toEqual(['.exrc']);
  });
});
