import { copyFileSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { mayBeThere } from '../../src/base/may-be-there.ts';
import { openSqlite } from '../../src/store/drivers/sqlite.ts';
import { migrate } from '../../src/store/migrations/run.ts';
import { openStore } from '../../src/store/open.ts';
import { freshFolder, freshStore } from './fresh.ts';

const failure = async (work: () => Promise<unknown>): Promise<AtomError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof AtomError) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
};

describe('the database', () => {
  it('is set to lose nothing in a power cut, and is nobody else’s to read', async () => {
    const { store, file } = await freshStore(join(freshFolder(), 'new.db'));
    const found = async (name: string): Promise<unknown> =>
      Object.values((await store.get(`PRAGMA ${name}`)) ?? {})[0];
    expect(await found('synchronous')).toBe(2);
    expect(await found('journal_mode')).toBe('wal');
    expect(await found('foreign_keys')).toBe(1);
    expect(await found('busy_timeout')).toBe(5000);
    expect(await found('trusted_schema')).toBe(0);
    expect(await found('wal_autocheckpoint')).toBe(4000);
    expect(await found('journal_size_limit')).toBe(67_108_864);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps what a transaction resolved and forgets what it threw', async () => {
    const { store, file } = await freshStore();
    const add = 'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, $3)';
    await store.tx((sql) => sql.run(add, 'kept', 'x', 1));
    const broken = store.tx(async (sql) => {
      await sql.run(add, 'forgotten', 'x', 1);
      throw new Error('on second thoughts');
    });
    await expect(broken).rejects.toThrow('on second thoughts');
    const other = new Database(file, { readonly: true });
    expect(other.prepare('SELECT text FROM phrase').pluck().all()).toEqual(['kept']);
    other.close();
  });

  it('puts each parameter where its number stands, as often and in whatever order', async () => {
    const { store } = await freshStore();
    expect(await store.get('SELECT $2 AS a, $1 AS b, $2 AS c', 'one', 'two')).toEqual({
      a: 'two',
      b: 'one',
      c: 'two',
    });
    await expect(store.get('SELECT $2 AS a', 'one')).rejects.toThrow('no value for $2');
  });

  it('takes transactions in turns, so that none sees half of another', async () => {
    const { store } = await freshStore();
    await store.run("INSERT INTO phrase(text, canonical, at) VALUES('n', '', 0)");
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.tx(async (sql) => {
          const at = Number((await sql.get("SELECT at FROM phrase WHERE text = 'n'"))?.at);
          await Promise.resolve();
          await sql.run("UPDATE phrase SET at = $1 WHERE text = 'n'", at + 1);
        }),
      ),
    );
    expect(await store.get("SELECT at FROM phrase WHERE text = 'n'")).toEqual({ at: 20 });
  });

  it('goes on after a wrong statement, whose transaction left nothing behind', async () => {
    const { store } = await freshStore();
    const add = 'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, $3)';
    const twice = store.tx(async (sql) => {
      await sql.run(add, 'a', 'x', 1);
      await sql.run(add, 'a', 'x', 1);
    });
    await expect(twice).rejects.toThrow('UNIQUE');
    await expect(store.run('nonsense')).rejects.toThrow('syntax error');
    expect(await store.tx((sql) => sql.run(add, 'a', 'x', 1))).toBe(1);
  });

  it('says in words that the disk is full, does nothing, and goes on once there is room', async () => {
    const { store } = await freshStore();
    const { page_count: pages } = (await store.get('PRAGMA page_count')) ?? {};
    await store.get(`PRAGMA max_page_count = ${Number(pages) + 2}`);
    const add = (text: string) =>
      store.tx((sql) =>
        sql.run(
          'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, 1)',
          text,
          'x'.repeat(1_000_000),
        ),
      );
    const error = await failure(() => add('a'));
    expect(error.message).toContain('The disk is full');
    expect(error.next.length).toBeGreaterThan(0);
    expect(await store.get('SELECT count(*) AS n FROM phrase')).toEqual({ n: 0 });
    await store.get('PRAGMA max_page_count = 100000');
    await add('b');
    expect(await store.get('SELECT count(*) AS n FROM phrase')).toEqual({ n: 1 });
  });

  it('says in words what is wrong with the file', async () => {
    const folder = freshFolder();
    const text = join(folder, 'text');
    writeFileSync(text, 'this is no database at all, only a text of some length '.repeat(20));
    expect((await failure(() => openStore({ file: text }))).message).toContain('not a database');
    const missing = join(folder, 'no', 'where.db');
    expect((await failure(() => openStore({ file: missing }))).message).toContain(
      'cannot be opened',
    );
    mkdirSync(join(folder, 'dir'));
    const dir = await failure(() => openStore({ file: join(folder, 'dir') }));
    expect(dir.message).toContain('cannot be opened');
    const absent = join(folder, 'absent.db');
    const readOnly = await failure(() => openStore({ file: absent, readOnly: true }));
    expect(readOnly.message).toContain('cannot be opened');
    const loop = join(folder, 'loop');
    symlinkSync(loop, loop);
    const closed = join(loop, 'atom.db');
    for (const checked of [true, false])
      expect((await failure(() => openStore({ file: closed, checked }))).message).toContain(
        'cannot be opened',
      );
    expect([absent, closed].map(mayBeThere)).toEqual([false, true]);
  });

  it('says that it is damaged rather than read nonsense', async () => {
    const { store, file } = await freshStore();
    for (let i = 0; i < 50; i++)
      await store.run(
        'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, 1)',
        `${i}`,
        'x'.repeat(3000),
      );
    await store.close();
    const broken = join(freshFolder(), 'broken.db');
    copyFileSync(file, broken);
    const db = new Database(broken);
    const root = db
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'phrase'")
      .pluck()
      .get() as number;
    db.close();
    const { open } = await import('node:fs/promises');
    const handle = await open(broken, 'r+');
    await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, (root - 1) * 4096);
    await handle.close();
    const opened = openSqlite({ file: broken, readOnly: false });
    const error = await failure(() => opened.all('SELECT * FROM phrase'));
    expect(error.message).toContain('damaged');
    await opened.close().catch(() => undefined);
  });

  it('is looked over after a crash, and not used where it is damaged', async () => {
    const { store, file } = await freshStore();
    for (let i = 0; i < 50; i++)
      await store.run(
        'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, 1)',
        `${i}`,
        'x'.repeat(3000),
      );
    await store.close();
    const root = new Database(file);
    const page = root
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'phrase'")
      .pluck()
      .get() as number;
    root.close();
    const { open } = await import('node:fs/promises');
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, (page - 1) * 4096);
    await handle.close();
    const trusted = await openStore({ file, checked: true });
    await trusted.run("INSERT INTO feed(id, author, kind, text, at) VALUES('a', 'b', 'c', 'd', 1)");
    // As a crash leaves it: what SQLite keeps beside it is still there.
    const crashed = join(freshFolder(), 'crashed.db');
    for (const beside of ['', '-wal']) copyFileSync(file + beside, crashed + beside);
    await trusted.close();
    const error = await failure(() => openStore({ file: crashed, checked: true }));
    expect(error.message).toContain('is damaged');
    expect(error.next.join()).toContain('atom backup list');
  });

  it('says that another program holds it', async () => {
    const { store, file } = await freshStore();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await store.get('PRAGMA busy_timeout = 20');
    const error = await failure(() => store.tx((sql) => sql.run('DELETE FROM phrase')));
    expect(error.message).toContain('Another program holds the database');
    other.exec('ROLLBACK');
    other.close();
    expect(await store.tx((sql) => sql.run('DELETE FROM phrase'))).toBe(0);
  });

  it('can be looked at without a chance of changing it', async () => {
    const { file } = await freshStore();
    const reader = await openStore({ file, readOnly: true });
    expect(await reader.all('SELECT * FROM phrase')).toEqual([]);
    const error = await failure(() => reader.run('DELETE FROM phrase'));
    expect(error.message).toContain('cannot be written');
    await reader.close();
  });

  it('of a newer atom is refused and left as it is', async () => {
    const { store, file } = await freshStore();
    await store.run('INSERT INTO schema_version(version) VALUES(99)');
    await store.close();
    const error = await failure(() => openStore({ file }));
    expect(error.message).toContain('version 99');
    // The last one to close a database takes its log away.
    expect(existsSync(`${file}-wal`)).toBe(false);
    const db = new Database(file);
    expect(db.prepare('SELECT max(version) FROM schema_version').pluck().get()).toBe(99);
    db.close();
  });

  it('is brought all the way to a newer version, or not at all', async () => {
    const { store } = await freshStore();
    const before = await store.get('SELECT max(version) AS version FROM schema_version');
    const steps = [
      { version: 98, statements: ['CREATE TABLE half(one TEXT) STRICT'] },
      { version: 99, statements: ['CREATE TABLE half(two TEXT) STRICT'] },
    ];
    await expect(migrate(store, steps)).rejects.toThrow('half');
    expect(await store.get('SELECT max(version) AS version FROM schema_version')).toEqual(before);
    await migrate(store, steps.slice(0, 1));
    expect(await store.all('SELECT one FROM half')).toEqual([]);
  });

  it('opens again with everything in it', async () => {
    const { store, file } = await freshStore();
    await store.run("INSERT INTO phrase(text, canonical, at) VALUES('a', 'b', 1)");
    await store.close();
    const { store: again } = await freshStore(file);
    expect(await again.all('SELECT text FROM phrase')).toEqual([{ text: 'a' }]);
  });
});
