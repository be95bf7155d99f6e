import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../flows/stage/until.ts';
import { createReadyWorld, type Ended, type World } from './world.ts';

const ALONE = resolve(import.meta.dirname, '../../bin/atom-audit-verify.mjs');

describe('atom audit', () => {
  let world: World;
  let folder: string;
  let key: string;
  const audit = (...words: readonly string[]): Promise<Ended> => world.run(['audit', ...words]);
  const at = (name: string): string => join(folder, name);
  const database = (): string => join(world.env.XDG_DATA_HOME ?? '', 'atom', 'default', 'atom.db');
  const change = (...statements: readonly string[]): void => {
    const db = new Database(database());
    for (const statement of statements) db.exec(statement);
    db.close();
  };

  beforeAll(async () => {
    world = await createReadyWorld();
    folder = world.home;
    const gateway = world.start(['start', '--headless']);
    const over = new Promise((done) => gateway.once('close', done));
    await until('a key that signs', async () => (await audit('key')).code === 0);
    key = (await audit('key')).stdout.trim();
    // While it runs: exported to the end, and another key.
    expect((await audit('export', '--jsonl', '--out', at('running.jsonl'))).code).toBe(0);
    const rotated = await audit('key', '--rotate');
    expect(rotated.stdout.trim()).not.toBe(key);
    gateway.kill('SIGTERM');
    await over;
  }, 60_000);
  afterAll(() => world.remove());

  it('verifies what was signed to its end, also without a gateway', async () => {
    const { code, stdout } = await audit('verify', '--json');
    const found = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(found).toMatchObject({ ok: true, remarks: [] });
    expect(found.signed).toBe(found.entries);
    const words = await audit('verify');
    expect(words.stdout).toContain(`${found.signed} of them signed by the key ${found.key}`);
  });

  it('exports a file for its owner alone, and says how anybody verifies it', async () => {
    const { code, stderr } = await audit('export', '--jsonl', '--out', at('record.jsonl'));
    expect(code).toBe(0);
    expect(statSync(at('record.jsonl')).mode & 0o777).toBe(0o600);
    expect(existsSync(at('record.jsonl.partial'))).toBe(false);
    expect(stderr).toContain('atom-audit-verify.mjs');
    for (const file of ['running.jsonl', 'record.jsonl']) {
      const named = await audit('verify', '--export', at(file), '--key', key);
      expect(named.code, file).toBe(0);
      const alone = spawnSync(process.execPath, [ALONE, at(file), '--key', key], {
        encoding: 'utf8',
      });
      expect(alone, file).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OK: /) });
    }
    // Exported before the key was handed over: the one that is kept here did not sign it.
    const before = await audit('verify', '--export', at('running.jsonl'));
    expect(before).toMatchObject({ code: 1, stderr: expect.stringContaining('--key') });
    const { stdout } = await audit('export');
    expect(stdout).toBe(readFileSync(at('record.jsonl'), 'utf8'));
    expect(stdout).not.toContain('PRIVATE');
  });

  it('looks only at what came after a checkpoint, by its size or its file', async () => {
    const file = join(database(), '..', 'audit', 'checkpoints.jsonl');
    const [first] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(at('first.txt'), first ?? '');
    const { size } = JSON.parse(first ?? '{}');
    for (const since of [String(size), at('first.txt')]) {
      const { code, stdout } = await audit('verify', '--since', since, '--json');
      expect({ code, from: JSON.parse(stdout).from }, since).toEqual({ code: 0, from: size });
    }
    expect(await audit('verify', '--since', '999999')).toMatchObject({ code: 2 });
    expect(await audit('verify', '--since', at('nothing'))).toMatchObject({ code: 2 });
  });

  it('refuses what is no checkpoint, no export and no key', async () => {
    writeFileSync(at('empty.txt'), 'hello\n');
    for (const words of [
      ['--checkpoint', at('empty.txt')],
      ['--checkpoint', at('gone.txt')],
      ['--export', at('empty.txt')],
      ['--key', 'me'],
      ['--export', at('record.jsonl'), '--since', '1'],
    ])
      expect((await audit('verify', ...words)).code, words.join(' ')).toBe(2);
  });

  it('names what was cut off, by the file beside the database and by a saved message', async () => {
    const last = JSON.parse(
      readFileSync(at('record.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '{}',
    ).entry.seq;
    const notes = readFileSync(join(database(), '..', 'audit', 'checkpoints.jsonl'), 'utf8');
    const { checkpoint } = JSON.parse(notes.trimEnd().split('\n').at(-1) ?? '{}');
    writeFileSync(at('saved.txt'), `Record checkpoint: keep this.\n\n${checkpoint.trimEnd()}`);
    change(`DELETE FROM audit WHERE seq = ${last}`);
    const { code, stdout } = await audit('verify', '--checkpoint', at('saved.txt'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, seq: last, done: 'cut off' });
    expect((await world.run(['doctor'])).stdout).toMatch(/record +was tampered with: 1 entries/);
  });

  it('does not believe a database that names another key than the one kept here', async () => {
    change("UPDATE audit_key SET key = 'atom.local/x/1+00000000+AA' WHERE entry > 1");
    expect((await audit('verify')).stdout).toContain('re-signed');
  });
});
