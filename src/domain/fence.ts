import type { Sql } from './store.ts';

/**
 * Whether whoever acts still has the right to, looked up in the very transaction that acts on it:
 * somebody who slept through the end of a lease finds out there, before anything is written.
 */
export type Fence = (sql: Sql) => Promise<boolean>;
