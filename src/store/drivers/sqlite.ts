import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AtomError } from '../../base/errors.ts';
import type { Row, Sql, SqlValue, Store } from '../../domain/store.ts';
import { type Connection, createCommits } from './commits.ts';
import { inWords, translated } from './sqlite-words.ts';

/**
 * So many pages of the log (16 MB) are carried over into the database at a time: a page that is written again and
 * again, as those of an index are, goes once for all of them. With more, nothing is gained, and the pause and the start
 * after a crash, which reads the log, take longer.
 */
const LOG_PAGES = 4000;

/**
 * Durability is set here and read back: better-sqlite3 falls to `synchronous=NORMAL` in WAL unless
 * told, and then a power cut loses what was acknowledged.
 */
const PRAGMAS: readonly (readonly [name: string, set: string, expected: number | string])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  ['wal_autocheckpoint', String(LOG_PAGES), LOG_PAGES],
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
 * A Store on one SQLite file (mode 0600). Transactions take turns on one connection, those that wait
 * at the same time share one commit, and each is durable once it resolves. Throws AtomError with words for a full disk, a locked or a
 * damaged file.
 */
export function openSqlite(options: SqliteOptions): Store {
  const { file } = options;
  return translated(file, () => {
    let open: Open | undefined = connect(options);
    const now = (): Open => {
      open ??= connect(options);
      return open;
    };
    const connection: Connection = {
      db: () => now().db,
      drop: () => {
        const last = open;
        open = undefined;
        last?.db.close();
      },
    };
    const commits = createCommits(connection, (error) => inWords(file, error));
    return {
      all: (query, ...params) => commits.read(() => now().sql.all(query, ...params)),
      get: (query, ...params) => commits.read(() => now().sql.get(query, ...params)),
      run: (query, ...params) => commits.write(() => now().sql.run(query, ...params)),
      tx: (work) => commits.write(() => work(now().sql)),
      close: () =>
        commits.read(async () => {
          const { db } = now();
          if (!db.readonly) db.pragma('optimize');
          db.close();
        }),
    };
  });
}

interface Open {
  readonly db: Database.Database;
  readonly sql: Sql;
}

function connect({ file, readOnly }: SqliteOptions): Open {
  // SQLite would make it readable to everybody; a read-only one has to be there.
  closeSync(openSync(file, readOnly ? 'r' : 'a', 0o600));
  const db = new Database(file, { readonly: readOnly, fileMustExist: true, timeout: 5000 });
  try {
    if (readOnly) db.pragma('trusted_schema=OFF');
    else setPragmas(db);
    return { db, sql: sqlOn(db) };
  } catch (error) {
    db.close();
    throw error;
  }
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

interface Prepared {
  readonly statement: Database.Statement<unknown[], Row>;
  /** Which parameter each `?` of it stands for. */
  readonly places: readonly number[];
}

function sqlOn(db: Database.Database): Sql {
  const statements = new Map<string, Prepared>();
  const prepared = (query: string): Prepared => {
    const known = statements.get(query);
    if (known) return known;
    const fresh = prepare(db, query);
    statements.set(query, fresh);
    return fresh;
  };
  return {
    all: async (query, ...params) => {
      const { statement, places } = prepared(query);
      return statement.all(...bound(places, params));
    },
    get: async (query, ...params) => {
      const { statement, places } = prepared(query);
      return statement.get(...bound(places, params));
    },
    run: async (query, ...params) => {
      const { statement, places } = prepared(query);
      return statement.run(...bound(places, params)).changes;
    },
  };
}

/** `$1` is a parameter *named* `1` to SQLite, and binding by name takes as long as small statements do. */
function prepare(db: Database.Database, query: string): Prepared {
  const places: number[] = [];
  const text = query.replace(/\$(\d+)/g, (_, number: string) => {
    places.push(Number(number) - 1);
    return '?';
  });
  return { statement: db.prepare<unknown[], Row>(text), places };
}

const bound = (places: readonly number[], params: readonly SqlValue[]): readonly SqlValue[] =>
  places.map((place) => {
    const value = params[place];
    if (value === undefined) throw new RangeError(`The statement has no value for $${place + 1}.`);
    return value;
  });
