import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AtomError, systemCode } from '../../base/errors.ts';
import type { Row, Sql, SqlValue, Store } from '../../domain/store.ts';

/**
 * Durability is set here and read back: better-sqlite3 falls to `synchronous=NORMAL` in WAL unless
 * told, and then a power cut loses what was acknowledged.
 */
const PRAGMAS: readonly (readonly [name: string, set: string, expected: number | string])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  ['wal_autocheckpoint', '1000', 1000],
  ['journal_size_limit', '67108864', 67_108_864],
  ['trusted_schema', 'OFF', 0],
  ['temp_store', 'MEMORY', 2],
];
const MAC_PRAGMAS: typeof PRAGMAS = [
  ['fullfsync', '1', 1],
  ['checkpoint_fullfsync', '1', 1],
];

export interface SqliteOptions {
  readonly file: string;
  readonly readOnly: boolean;
}

/**
 * A Store on one SQLite file (mode 0600). Transactions take turns on one connection; each is
 * IMMEDIATE and durable once it resolves. Throws AtomError with words for a full disk, a locked or a
 * damaged file.
 */
export function openSqlite({ file, readOnly }: SqliteOptions): Store {
  return translated(file, () => {
    // SQLite would make it readable to everybody; a read-only one has to be there.
    closeSync(openSync(file, readOnly ? 'r' : 'a', 0o600));
    const db = new Database(file, { readonly: readOnly, fileMustExist: true, timeout: 5000 });
    try {
      if (readOnly) db.pragma('trusted_schema=OFF');
      else setPragmas(db);
      return storeOn(db, file);
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function setPragmas(db: Database.Database): void {
  const all = process.platform === 'darwin' ? [...PRAGMAS, ...MAC_PRAGMAS] : PRAGMAS;
  for (const [name, set, expected] of all) {
    db.pragma(`${name}=${set}`);
    const found = db.pragma(name, { simple: true });
    if (found !== expected) {
      throw new AtomError('failed', `The database refuses ${name}=${set} (it says ${found})`, {
        next: ['Keep the state folder on a local disk, not on a network or FUSE mount.'],
      });
    }
  }
}

function storeOn(db: Database.Database, file: string): Store {
  const sql = sqlOn(db);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => translatedAsync(file, work));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    all: (query, ...params) => inTurn(() => sql.all(query, ...params)),
    get: (query, ...params) => inTurn(() => sql.get(query, ...params)),
    run: (query, ...params) => inTurn(() => sql.run(query, ...params)),
    tx: (work) => inTurn(() => transaction(db, () => work(sql))),
    close: () =>
      inTurn(async () => {
        if (!db.readonly) db.pragma('optimize');
        db.close();
      }),
  };
}

async function transaction<T>(db: Database.Database, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = await work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    // A full disk may have rolled back already.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function sqlOn(db: Database.Database): Sql {
  const statements = new Map<string, Database.Statement<unknown[], Row>>();
  const prepared = (query: string): Database.Statement<unknown[], Row> => {
    const known = statements.get(query);
    if (known) return known;
    const fresh = db.prepare<unknown[], Row>(query);
    statements.set(query, fresh);
    return fresh;
  };
  return {
    all: async (query, ...params) => prepared(query).all(...numbered(params)),
    get: async (query, ...params) => prepared(query).get(...numbered(params)),
    run: async (query, ...params) => prepared(query).run(...numbered(params)).changes,
  };
}

/** `$1` is a parameter named `1` to SQLite; without parameters nothing may be bound at all. */
const numbered = (params: readonly SqlValue[]): readonly Record<string, SqlValue>[] =>
  params.length === 0
    ? []
    : [Object.fromEntries(params.map((value, at) => [String(at + 1), value]))];

function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inWords(file, error);
  }
}

async function translatedAsync<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWords(file, error);
  }
}

const WORDS: readonly (readonly [prefix: string, what: string, next: string])[] = [
  [
    'SQLITE_FULL',
    'The disk is full: nothing more can be recorded, so nothing is done.',
    'Free some space; atom goes on by itself.',
  ],
  [
    'SQLITE_BUSY',
    'Another program holds the database.',
    'See who has it open, end that program, try again.',
  ],
  [
    'SQLITE_READONLY',
    'The database cannot be written.',
    'Check who owns the state folder and its permissions.',
  ],
  [
    'SQLITE_CORRUPT',
    'The database is damaged. Nothing was changed.',
    'Move it aside and restore a copy, or start afresh without it.',
  ],
  [
    'SQLITE_NOTADB',
    'The database file is not a database. Nothing was changed.',
    'Move it aside and restore a copy, or start afresh without it.',
  ],
  [
    'SQLITE_CANTOPEN',
    'The database cannot be opened.',
    'Check that its folder exists and belongs to you.',
  ],
  // The file system's own words, from before SQLite had the file.
  ['ENOENT', 'The database cannot be opened.', 'Check that its folder exists.'],
  ['EACCES', 'The database cannot be opened.', 'Check who owns the state folder.'],
  [
    'EROFS',
    'The database cannot be written.',
    'Its folder is on a read-only disk: choose another.',
  ],
  ['EISDIR', 'The database cannot be opened.', 'A folder is in its place: move that aside.'],
  [
    'ENOSPC',
    'The disk is full: nothing more can be recorded, so nothing is done.',
    'Free some space.',
  ],
  [
    'SQLITE_IOERR',
    'The disk reported an error.',
    'Check the disk; atom does nothing that it cannot record.',
  ],
];

function inWords(file: string, error: unknown): unknown {
  const code = systemCode(error) ?? '';
  const known = WORDS.find(([prefix]) => code.startsWith(prefix));
  if (!known || error instanceof AtomError) return error;
  return new AtomError('failed', `${known[1]} (${code})`, {
    cause: error,
    next: [known[2], `Database: ${file}`],
  });
}
