import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { approveSkill } from './stage/approve-skill.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';

const REWRITER = `import { readdir, readFile, writeFile, chmod, rm } from 'node:fs/promises';
import { defineSkill } from 'atom-agent';
import { z } from 'zod';
export const skill = defineSkill({
  name: 'rewriter',
  description: 'Rewrites every file of a folder.',
  version: '1.0.0',
  complexity: 3,
  permissions: { files: 'write' },
  input: z.strictObject({}),
  examples: [],
  output: z.strictObject({ files: z.number() }),
  async run() {
    const names = (await readdir('many', { recursive: true })).filter((name) => name.endsWith('.txt'));
    for (const name of names) {
      const text = await readFile('many/' + name, 'utf8');
      await writeFile('many/' + name, text.toUpperCase() + '// rewritten\\n');
    }
    await chmod('many/run.sh', 0o644);
    await rm('many/link');
    return { files: names.length };
  },
});
`;

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile({
    config: { limits: { actionsPerMinute: 10_000, commandsPerHour: 10_000 } },
  });
  const skill = join(profile.paths.skills, 'rewriter');
  mkdirSync(skill, { recursive: true });
  writeFileSync(join(skill, 'skill.ts'), REWRITER);
  gateway = await startGateway(profile);
  profile.setMaturity('supervised');
  await approveSkill(profile, 'rewriter');
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});
beforeEach(() => {
  for (const name of readdirSync(profile.jail))
    rmSync(join(profile.jail, name), { recursive: true, force: true });
  furnish();
});

const inJail = (path: string): string => join(profile.jail, path);

function put(path: string, text: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(inJail(path)), { recursive: true });
  writeFileSync(inJail(path), text);
  chmodSync(inJail(path), mode);
}

/** A project: code, a program, a private file, bytes, links, empty folders, odd permissions, old times. */
function furnish(): void {
  for (let n = 0; n < 40; n++) put(`src/part${n % 4}/file${n}.ts`, `export const n = ${n};\n`);
  put('src/run.sh', '#!/bin/sh\n', 0o755);
  put('src/private.txt', 'private\n', 0o600);
  put('src/bytes.bin', Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256)));
  put('src/read-only.txt', 'fixed\n', 0o444);
  mkdirSync(inJail('src/empty/deeper'), { recursive: true });
  symlinkSync('part0/file0.ts', inJail('src/link'));
  symlinkSync('../nowhere', inJail('src/dangling'));
  symlinkSync('part1', inJail('src/link-to-folder'));
  chmodSync(inJail('src/empty'), 0o700);
  utimesSync(inJail('src/run.sh'), 1_000_000_000, 1_000_000_000);
}

/** Every path below a folder: what it is, its permissions, its time, and what is in it or where it leads. */
function walk(folder: string, at = ''): readonly string[] {
  return readdirSync(join(folder, at))
    .sort()
    .flatMap((name) => {
      const path = at === '' ? name : `${at}/${name}`;
      const stats = lstatSync(join(folder, path));
      const mode = (stats.mode & 0o7777).toString(8);
      const time = Math.floor(stats.mtimeMs);
      if (stats.isSymbolicLink())
        return [`${path} link ${time} -> ${readlinkSync(join(folder, path))}`];
      if (stats.isDirectory()) return [`${path} folder ${mode} ${time}`, ...walk(folder, path)];
      const hash = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex');
      return [`${path} file ${mode} ${time} ${hash}`];
    });
}

/** Does something through chat, takes it back from the terminal, and returns the tree at three times. */
async function doAndUndo(said: string) {
  const before = walk(profile.jail);
  const answer = await seat.ask(said, 60_000);
  const between = walk(profile.jail);
  const undone = await atom(profile, ['undo', '--yes']);
  return { before, answer, between, undone, after: walk(profile.jail) };
}

describe('atom undo brings back the same tree, byte for byte,', () => {
  it.each([
    ['rm -rf src', 'run rm -rf src'],
    ['a bad sed -i', "run find src -type f -exec sed -i 's/./X/g' {} +"],
  ])('after %s', async (_what, said) => {
    const { before, answer, between, undone, after } = await doAndUndo(said);
    expect(between, answer).not.toEqual(before);
    expect(undone, undone.err).toMatchObject({ code: 0 });
    expect(after).toEqual(before);
  });

  it('after git reset --hard threw away what was not committed', async () => {
    const git = `git init -q -b main . && git add . && git -c user.name=a -c user.email=a@b commit -qm one
      echo two > src/part0/file0.ts && git add . && git -c user.name=a -c user.email=a@b commit -qm two
      echo not committed > src/part1/file1.ts && rm src/part2/file2.ts && echo staged > src/new.ts && git add src/new.ts`;
    execFileSync('/bin/sh', ['-ec', git], { cwd: profile.jail });
    const { before, answer, between, undone, after } = await doAndUndo(
      'run git reset --hard HEAD~1',
    );
    expect(between, answer).not.toEqual(before);
    expect(undone, undone.err).toMatchObject({ code: 0 });
    expect(after).toEqual(before);
    const status = execFileSync('git', ['status', '--short'], {
      cwd: profile.jail,
      encoding: 'utf8',
    });
    expect(status.trim().split('\n')).toEqual([
      'A  src/new.ts',
      ' M src/part1/file1.ts',
      ' D src/part2/file2.ts',
    ]);
  });

  it('after a skill rewrote a thousand files', async () => {
    for (let n = 0; n < 1000; n++) put(`many/d${n % 10}/f${n}.txt`, `text ${n}\n`);
    put('many/run.sh', '#!/bin/sh\n', 0o755);
    symlinkSync('d0/f0.txt', inJail('many/link'));
    const { before, answer, between, undone, after } = await doAndUndo('/skill rewriter {}');
    expect(answer).toContain('1000');
    expect(between.filter((line) => !before.includes(line)).length).toBeGreaterThanOrEqual(1000);
    expect(undone, undone.err).toMatchObject({ code: 0 });
    expect(after).toEqual(before);
  });
});

describe('what is not taken back', () => {
  it('is what was changed by hand since, and it is said', async () => {
    await seat.ask('run sed -i s/export/exprot/ src/part0/file0.ts src/part0/file4.ts');
    writeFileSync(inJail('src/part0/file4.ts'), 'by hand\n');
    const { err, code } = await atom(profile, ['undo', '--yes']);
    expect(code).toBe(0);
    expect(err).toContain('= src/part0/file4.ts: changed again since, stays as it is');
    expect(readFileSync(inJail('src/part0/file4.ts'), 'utf8')).toBe('by hand\n');
    expect(readFileSync(inJail('src/part0/file0.ts'), 'utf8')).toBe('export const n = 0;\n');
  });

  it('is a folder that is made again and too large, and it is said', async () => {
    for (let n = 0; n < 5_001; n++) put(`dist/f${n}`, '');
    await seat.ask('run rm -rf dist src/part0');
    const { err } = await atom(profile, ['undo', '--yes']);
    expect(err).toMatch(/dist/);
    expect(readdirSync(inJail('src/part0'))).toHaveLength(10);
  });
});

describe('the copies that undo keeps', () => {
  it('are dropped by the owner, of one run or of all, on the record, and are gone from the disk', async () => {
    const kept = () => readdirSync(join(profile.paths.data, 'undo'));
    const secret = `secret-${'x'.repeat(200)}\n`;
    put('secret.txt', secret);
    await seat.ask('run rm src/run.sh');
    await seat.ask('run rm secret.txt');
    const refused = await atom(profile, ['undo', '--forget']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('atom undo --forget --all');
    const [last] = JSON.parse((await atom(profile, ['undo', '--list', '--json'])).out).runs;
    const unasked = await atom(profile, ['undo', '--forget', '--all']);
    expect(unasked.code).toBe(2);
    expect(kept()).not.toEqual([]);
    const one = await atom(profile, ['undo', String(last.code), '--forget', '--yes']);
    expect(one, one.err).toMatchObject({ code: 0, out: 'Dropped the copies of 1 run.\n' });
    expect((await atom(profile, ['undo', String(last.code)])).err).toContain('There is no run');
    const all = await atom(profile, ['undo', '--forget', '--all', '--json', '--yes']);
    expect(JSON.parse(all.out).forgotten).toBeGreaterThan(0);
    expect(kept()).toEqual([]);
    const record = profile.rows(
      `SELECT 1 FROM audit WHERE kind = 'begun' AND body LIKE '%drop all copies of undo%'`,
    );
    expect(record).toHaveLength(1);
    await seat.ask('run rm -rf src/part0');
    await atom(profile, ['undo', '--yes']);
    expect(readdirSync(inJail('src/part0'))).toHaveLength(10);
  });
});
