import type { Labels } from '../../domain/label.ts';
import type { RunState } from '../../domain/run.ts';
import type { Sql } from '../../domain/store.ts';

/** The label that a file, or everything below a folder, has because of the run that wrote it. */
export interface Taint {
  /** Absolute. */
  readonly path: string;
  /** The run that is still writing; empty once it is over. */
  readonly run: string;
  readonly labels: Labels;
}

/** Stands in the place of a run: the taint that a file had before it was written anew. */
export const FORMER = 'former';

/** Those that hold. */
export const allTaints = (sql: Sql): Promise<readonly Taint[]> => taintsWhere(sql, 'run <> $1');

/** Those that files had before they were written anew. */
export const formerTaints = (sql: Sql): Promise<readonly Taint[]> => taintsWhere(sql, 'run = $1');

async function taintsWhere(sql: Sql, where: string): Promise<readonly Taint[]> {
  const query = `SELECT path, run, labels FROM taint WHERE ${where} ORDER BY path, run`;
  return (await sql.all(query, FORMER)).map(({ path, run, labels }) => ({
    path: String(path),
    run: String(run),
    labels: JSON.parse(String(labels)) as Labels,
  }));
}

/** A taint, and what is on record of the run that is still writing, or never came to its end. */
export interface TaintOnRecord extends Taint {
  readonly by?: {
    readonly action: string;
    /** Milliseconds since 1970. */
    readonly begunAt: number;
    /** The start of the gateway that began it. */
    readonly boot: string;
    readonly state: RunState;
  };
}

/** Those that hold, with where they are from. */
export async function taintsOnRecord(sql: Sql): Promise<readonly TaintOnRecord[]> {
  const rows = await sql.all(
    `SELECT taint.path, taint.run, taint.labels, run.action, run.begun_at, run.boot, run.state
     FROM taint LEFT JOIN run ON run.id = taint.run
     WHERE taint.run <> $1 ORDER BY taint.path, taint.run`,
    FORMER,
  );
  return rows.map(({ path, run, labels, action, begun_at, boot, state }) => ({
    path: String(path),
    run: String(run),
    labels: JSON.parse(String(labels)) as Labels,
    ...(action === null
      ? {}
      : {
          by: {
            action: String(action),
            begunAt: Number(begun_at),
            boot: String(boot),
            state: String(state) as RunState,
          },
        }),
  }));
}

/** Sets a taint; one of the same path and run is replaced. */
export const putTaint = (sql: Sql, { path, run, labels }: Taint): Promise<number> =>
  sql.run(
    `INSERT INTO taint(path, run, labels) VALUES($1, $2, $3)
     ON CONFLICT(path, run) DO UPDATE SET labels = excluded.labels`,
    path,
    run,
    JSON.stringify(labels),
  );

/** Takes off the taints that a run set while it was writing. */
export const dropRunTaints = (sql: Sql, run: string): Promise<number> =>
  sql.run('DELETE FROM taint WHERE run = $1', run);

/** Takes off what runs that are over left on exactly this path. */
export const dropTaint = (sql: Sql, path: string): Promise<number> =>
  sql.run(`DELETE FROM taint WHERE path = $1 AND run = ''`, path);

/** Takes off one taint, whoever set it. */
export const deleteTaint = (
  sql: Sql,
  { path, run }: Pick<Taint, 'path' | 'run'>,
): Promise<number> => sql.run('DELETE FROM taint WHERE path = $1 AND run = $2', path, run);
