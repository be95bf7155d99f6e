export type SqlValue = string | number | bigint | Uint8Array | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** Parameters are `$1`, `$2`, …, so that one text serves SQLite and PostgreSQL. */
export interface Sql {
  all(query: string, ...params: readonly SqlValue[]): Promise<readonly Row[]>;
  get(query: string, ...params: readonly SqlValue[]): Promise<Row | undefined>;
  /** Resolves to the number of rows changed. */
  run(query: string, ...params: readonly SqlValue[]): Promise<number>;
}

/**
 * The door to the database. Transactions take turns; inside `work` await nothing but the given Sql.
 * What `tx` resolved is durable.
 */
export interface Store extends Sql {
  tx<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
