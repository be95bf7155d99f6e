import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readEnv } from '../../../src/config/env.ts';
import { type Paths, pathsFor } from '../../../src/config/paths.ts';
import type { ConfigFile } from '../../../src/config/schema.ts';
import type { Maturity } from '../../../src/domain/agent.ts';
import { leaveKnownSkills } from '../../cli/known-skills.ts';
import { promoteAll } from './promote.ts';

/** A profile of its own in a temporary folder, with one jail. */
export interface Profile {
  readonly folder: string;
  readonly jail: string;
  readonly paths: Paths;
  /** What the processes of this profile find in their environment. */
  readonly env: NodeJS.ProcessEnv;
  configure(settings: Partial<ConfigFile>): void;
  /** Reads the store beside the gateway. */
  rows<T>(query: string, ...values: unknown[]): readonly T[];
  /** Changes the store, as nobody but the owner of the machine can. */
  change(query: string, ...values: unknown[]): number;
  setMaturity(maturity: Maturity): void;
  remove(): void;
}

export interface ProfileOptions {
  readonly config?: Partial<ConfigFile>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where atom keeps its state; beside the rest unless given. */
  readonly state?: string;
}

export function createProfile(options: ProfileOptions = {}): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'atom-flow-'));
  const jail = join(folder, 'work');
  const [config, state] = [join(folder, 'c'), options.state ?? join(folder, 's')];
  const paths = pathsFor({ ...readEnv(), folders: { atomConfig: config, atomState: state } });
  mkdirSync(jail);
  mkdirSync(paths.config, { recursive: true, mode: 0o700 });
  leaveKnownSkills(paths.state);
  const { TERM, TELEGRAM_BOT_TOKEN: _, ...rest } = process.env;
  const env = { ...rest, ATOM_CONFIG_DIR: config, ATOM_STATE_DIR: state, ...options.env };
  const open = <T>(work: (db: Database.Database) => T, readonly: boolean): T => {
    const db = new Database(paths.database, { readonly });
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const change = (query: string, ...values: unknown[]): number =>
    open((db) => db.prepare(query).run(...values).changes, false);
  const profile: Profile = {
    folder,
    jail,
    paths,
    env,
    change,
    configure: (settings) => {
      const jails = [{ name: 'work', folder: jail, mode: 'read-write' as const }];
      writeFileSync(paths.configFile, JSON.stringify({ version: 1, jails, ...settings }));
      chmodSync(paths.configFile, 0o600);
    },
    rows: <T>(query: string, ...values: unknown[]) =>
      open((db) => db.prepare(query).all(...values) as T[], true),
    setMaturity: (maturity) => open((db) => promoteAll(db, maturity), false),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  profile.configure(options.config ?? {});
  return profile;
}
