import type { Labels } from '../../domain/label.ts';
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
