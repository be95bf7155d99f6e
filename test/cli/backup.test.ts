import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { keepMedia } from '../../src/store/tables/media.ts';
import { createReadyWorld, type World } from './world.ts';

describe('atom backup', () => {
  let world: World;
  let data: string;
  let database: string;
  /** Where a gateway ran once: every other one begins as a copy of it. */
  let first: World;
  beforeAll(async () => {
    first = await createReadyWorld();
    await runOnce(first);
  });
  beforeEach(async () => {
    world = await createReadyWorld();
    for (const kept of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'])
      cpSync(first.env[kept] ?? '', world.env[kept] ?? '', { recursive: true, force: false });
    data = join(world.env.XDG_DATA_HOME ?? '', 'atom', 'default');
    database = join(data, 'atom.db');
  });
  afterEach(() => world.remove());
  afterAll(() => first.remove());

  /** A gateway that starts and stops, so that there is a record. */
  async function runOnce(world: World): Promise<void> {
    const gateway = world.start(['start', '--headless', '--json-logs']);
    await new Promise<void>((resolve) => {
      let said = '';
      gateway.stderr?.on('data', (text: Buffer) => {
        said += String(text);
        if (said.includes('"text":"ready"')) resolve();
      });
    });
    const gone = new Promise((resolve) => gateway.once('exit', resolve));
    await world.run(['stop']);
    await gone;
  }

  const create = async (...words: readonly string[]) =>
    JSON.parse((await world.run(['backup', 'create', ...words, '--json'])).stdout);
  const entries = async (): Promise<number> =>
    JSON.parse((await world.run(['audit', 'verify', '--json'])).stdout).entries;

  it('copies database and settings, checked, for nobody else to read, and without keys', async () => {
    const { folder, record } = await create();
    expect(record.entries).toBe(await entries());
    expect(readdirSync(folder).sort()).toEqual(['atom.db', 'config.json', 'manifest.json']);
    expect(statSync(join(folder, 'atom.db')).mode & 0o077).toBe(0);
    expect((await world.run(['backup', 'list'])).stdout).toContain(folder);
    expect((await world.run(['backup', 'create', folder])).code).toBe(2);
  });

  it('puts a copy back, moves what was there aside, and says so in the record', async () => {
    const { folder, record } = await create();
    await runOnce(world);
    expect(await entries()).toBeGreaterThan(record.entries);
    const asked = await world.run(['backup', 'restore', folder]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    const done = await world.run(['backup', 'restore', folder, '--yes']);
    expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('.aside-')]);
    expect(await entries()).toBe(record.entries + 1);
    expect((await world.run(['audit', 'list'])).stdout).toContain('backup.restored');
    expect(readdirSync(data).filter((name) => /^atom\.db\.aside-\d+$/.test(name))).toHaveLength(1);
    await runOnce(world);
  });

  it('is made nowhere that commands may read', async () => {
    symlinkSync(join(world.home, 'atom-work'), join(world.home, 'link'));
    for (const place of ['atom-work/bk', 'atom-work/new/bk', 'link/bk']) {
      const folder = join(world.home, place);
      const { code, stderr } = await world.run(['backup', 'create', folder]);
      expect([code, stderr]).toEqual([7, expect.stringContaining('is in the jail work')]);
      expect(stderr).toContain('Name a folder outside');
    }
    expect(readdirSync(join(world.home, 'atom-work'))).toEqual([]);
    expect((await create(join(world.home, 'beside', 'bk'))).record.entries).toBeGreaterThan(0);
  });

  it('of another profile is put back only where that was said', async () => {
    const { folder, record } = await create();
    const two = { env: { ATOM_PROFILE: 'two' } };
    await world.run(['init', '--yes'], two);
    const restore = (...words: readonly string[]) =>
      world.run(['backup', 'restore', folder, '--yes', ...words], two);
    for (const words of [[], ['--from-profile', 'three']]) {
      const { code, stderr } = await restore(...words);
      expect([code, stderr]).toEqual([2, expect.stringContaining('a backup of profile "default"')]);
      expect(stderr).toContain('--from-profile default');
    }
    expect((await world.run(['audit', 'verify'], two)).stderr).toContain('no record yet');
    expect(await restore('--from-profile', 'default')).toMatchObject({ code: 0 });
    const { stdout } = await world.run(['audit', 'verify', '--json'], two);
    expect(JSON.parse(stdout).entries).toBe(record.entries + 1);
  });

  it('takes the files along that came with messages, and puts them back', async () => {
    const bytes = Buffer.from('what somebody sent');
    const digest = createHash('sha256').update(bytes).digest('hex');
    const kept = join(data, 'received', digest.slice(0, 2), digest);
    mkdirSync(join(kept, '..'), { recursive: true });
    writeFileSync(kept, bytes);
    const store = await openStore({ file: database });
    const media = { event: 'e', session: 's', type: 'text/plain', kind: 'file', at: 1 } as const;
    for (const [place, named] of [digest, digest, 'f'.repeat(64)].entries())
      await store.tx((sql) =>
        keepMedia(sql, { ...media, id: `m${place}`, place, digest: named, bytes: bytes.length }),
      );
    await store.close();
    const note = join(data, 'memory', 'atom', 'owner', 'tea.md');
    mkdirSync(join(note, '..'), { recursive: true });
    writeFileSync(note, 'Likes tea.');
    const { folder, received, memory } = await create();
    expect(Object.keys(memory)).toEqual(['atom/owner/tea.md']);
    writeFileSync(note, 'Likes nothing.');
    expect(received).toEqual({ files: 1, bytes: bytes.length, missing: 1 });
    writeFileSync(kept, 'something else');
    await world.run(['backup', 'restore', folder, '--yes']);
    expect(readFileSync(kept)).toEqual(bytes);
    writeFileSync(join(folder, 'received', digest.slice(0, 2), digest), 'something else');
    const refused = await world.run(['backup', 'restore', folder, '--yes']);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(digest)]);
  });

  it('puts nothing back that is not what was backed up', async () => {
    const { folder } = await create();
    const copy = join(folder, 'atom.db');
    const bytes = readFileSync(copy);
    bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
    writeFileSync(copy, bytes);
    const before = readFileSync(database);
    const refused = await world.run(['backup', 'restore', folder, '--yes']);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('not what was backed up'),
    ]);
    expect(readFileSync(database).equals(before)).toBe(true);
    expect((await world.run(['backup', 'restore', world.home, '--yes'])).code).toBe(1);
  });

  it('says of a damaged database what to do, starts nothing on it, and moves it aside when told', async () => {
    writeFileSync(database, 'no database at all, only words '.repeat(400));
    const refused = await world.run(['start', '--headless']);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('atom backup list');
    expect(readFileSync(database, 'utf8')).toContain('only words');
    expect((await world.run(['backup', 'create'])).code).not.toBe(0);
    const unasked = await world.run(['backup', 'set-aside']);
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('--yes');
    const aside = await world.run(['backup', 'set-aside', '--yes']);
    expect([aside.code, aside.stderr]).toEqual([0, expect.stringContaining('.aside-')]);
    await runOnce(world);
    expect(await entries()).toBeGreaterThan(0);
  });

  it('is not lifted over an emergency stop', async () => {
    const { folder } = await create();
    await world.run(['panic']);
    await world.run(['backup', 'restore', folder, '--yes']);
    expect((await world.run(['doctor'])).stdout).toMatch(/halt/i);
  });
}, 60_000);
