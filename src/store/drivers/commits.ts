import type Database from 'better-sqlite3';
import { systemCode } from '../../base/errors.ts';
import { say } from './say.ts';

/** Lets work on one connection take turns; what is written at the same time shares one commit. */
export interface Commits {
  /** Work that only reads: sees what is committed, and nothing else. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /** Work that writes, all of it or nothing. Durable once it resolves. */
  write<T>(work: () => Promise<T>): Promise<T>;
}

/** The connection, opened where it is not. */
export interface Connection {
  /** Throws where the file cannot be opened now. */
  db(): Database.Database;
  /** Closes it: who needs it next opens the file anew. */
  drop(): void;
}

interface Job {
  readonly writes: boolean;
  /** Does the work; resolves to how its caller is told, once that is known to stand. */
  run(): Promise<() => void>;
  fail(error: unknown): void;
}

/** More in one transaction would keep the first of them waiting for long. */
const MOST_TOGETHER = 500;

/**
 * What else is written meanwhile comes along. Those that the last commit let go on ask again while others are
 * heard, and so one turn later: a commit that waits for them, too, is shared by more. A third turn gains nothing.
 */
const TURNS = 2;

/**
 * A flush to disk costs more than a hundred inserts, so those who ask within two turns of the event loop
 * are committed together: each in a savepoint of its own, so that one that throws takes none along. Who is
 * alone needs none. Who reads waits for the commit: nobody acts on what may not stand. `inWords` turns errors
 * into sentences.
 */
export function createCommits(
  connection: Connection,
  inWords: (error: unknown) => unknown,
): Commits {
  const waiting: Job[] = [];
  let running = false;
  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      if (waiting[0]?.writes)
        for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
      await runBatch(connection, takeBatch(waiting));
    }
    running = false;
  };
  const queue = <T>(writes: boolean, work: () => Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    waiting.push({
      writes,
      run: async () => {
        const value = await work();
        return () => resolve(value);
      },
      fail: (error) => reject(inWords(error)),
    });
    if (!running) {
      running = true;
      void pump();
    }
    return promise;
  };
  return { read: (work) => queue(false, work), write: (work) => queue(true, work) };
}

/**
 * The reads at the front or, where a write is there, every write that waits: it takes no longer to commit
 * them all, and the reads between them, which go next, see more than they asked for but never less.
 */
function takeBatch(waiting: Job[]): readonly Job[] {
  const [first] = waiting;
  if (!first?.writes) {
    const end = waiting.findIndex(({ writes }) => writes);
    return waiting.splice(0, end < 0 ? waiting.length : end);
  }
  const writes = new Set(waiting.filter((job) => job.writes).slice(0, MOST_TOGETHER));
  waiting.splice(0, waiting.length, ...waiting.filter((job) => !writes.has(job)));
  return [...writes];
}

async function runBatch(connection: Connection, jobs: readonly Job[]): Promise<void> {
  if (jobs[0]?.writes) return commitTogether(connection, jobs);
  for (const job of jobs) {
    try {
      (await job.run())();
    } catch (error) {
      job.fail(error);
    }
  }
}

async function commitTogether(connection: Connection, jobs: readonly Job[]): Promise<void> {
  const done: { readonly job: Job; readonly tell: () => void }[] = [];
  try {
    const db = connection.db();
    say(db, 'BEGIN IMMEDIATE');
    for (const job of jobs) {
      const tell = jobs.length === 1 ? await job.run() : await inSavepoint(db, job);
      if (tell) done.push({ job, tell });
    }
    say(db, 'COMMIT');
  } catch (error) {
    await undo(connection, error);
    for (const job of jobs) job.fail(error);
    return;
  }
  for (const { tell } of done) tell();
}

/** How often a disk that reported an error is tried again before anybody is told, and after how long. */
const TRIES_MS = [0, 50, 200, 1000];

/**
 * Whether a commit that the disk reported an error of stands is not known: it is in the log, and a crash
 * would find it there. So it is written over before anybody is told that it failed. Where the disk does not
 * even take that, the file is opened anew, to see what is really in it; who asks again does so under the
 * same id, which changes nothing where it stands.
 */
async function undo(connection: Connection, error: unknown): Promise<void> {
  for (const ms of TRIES_MS) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    try {
      const db = connection.db();
      if (db.inTransaction) say(db, 'ROLLBACK');
      if (isDiskError(error)) writeOver(db);
      return;
    } catch {
      // Tried again, and told with the error that came first.
    }
  }
  connection.drop();
}

const isDiskError = (error: unknown): boolean =>
  systemCode(error)?.startsWith('SQLITE_IOERR') ?? false;

/** The smallest commit there is: it changes nothing, and takes the place of the failed one in the log. */
const writeOver = (db: Database.Database): void => {
  db.exec('PRAGMA user_version = 0');
};

/** Undefined where the work threw, and was told so. Throws where the whole transaction is gone. */
async function inSavepoint(db: Database.Database, job: Job): Promise<(() => void) | undefined> {
  say(db, 'SAVEPOINT one');
  try {
    const tell = await job.run();
    say(db, 'RELEASE one');
    return tell;
  } catch (error) {
    // A full disk or a failing one ends the whole transaction, and with it what others did in it.
    if (!db.inTransaction) throw error;
    say(db, 'ROLLBACK TO one');
    say(db, 'RELEASE one');
    job.fail(error);
    return undefined;
  }
}
