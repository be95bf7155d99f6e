import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

interface Change {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** Atom with one of its guards taken away, and the fault that has to notice. */
export interface Mutant {
  readonly name: string;
  readonly caughtBy: string;
  readonly times: number;
  readonly changes: readonly Change[];
}

const LANES = 'src/store/tables/lanes.ts';
const SPOOL = 'src/store/tables/spool.ts';
const ACCEPT = 'src/ingress/accept.ts';

/** Built like the mutants and whole: where this is “caught” the others prove nothing. */
export const WHOLE: Mutant = { name: 'nothing', caughtBy: 'power', times: 3, changes: [] };

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'FULL -> NORMAL',
    caughtBy: 'power',
    times: 6,
    changes: [
      {
        file: 'src/store/drivers/sqlite.ts',
        from: `['synchronous', 'FULL', 2]`,
        to: `['synchronous', 'NORMAL', 1]`,
      },
    ],
  },
  {
    name: 'no fence',
    caughtBy: 'sleep',
    times: 2,
    // Whoever held a lane once may finish in it for ever.
    changes: [{ file: LANES, from: /AND fence = \$(\d)/g, to: 'AND fence >= 0 * $$$1' }],
  },
  {
    name: 'no dedupe',
    caughtBy: 'failpoints',
    times: 8,
    changes: [
      { file: SPOOL, from: 'if (known) return false;', to: 'void known;' },
      {
        file: 'src/store/migrations/first.ts',
        from: ', UNIQUE(channel, account, external_id)',
        to: '',
      },
    ],
  },
  {
    name: 'id before lane lock',
    caughtBy: 'bridge',
    times: 4,
    // On SQLite writers take turns, so the gap that another one slips into is made long enough to be seen.
    changes: [
      {
        file: ACCEPT,
        from: 'const fresh = await deps.store.tx((sql) => spoolEvent(sql, event, session));',
        to: `const seq = await numberOf(deps.store);
  await new Promise((done) => setTimeout(done, 600 * Math.random()));
  const fresh = await deps.store.tx(async (sql) => {
    const kept = await spoolEvent(sql, event, session);
    if (kept) await sql.run('UPDATE spool SET seq = $1 WHERE id = $2', seq, event.id);
    return kept;
  });`,
      },
      {
        file: ACCEPT,
        from: 'async function spooled(',
        to: `let numbered = 0;
async function numberOf(store: Store): Promise<number> {
  const last = Number((await store.get('SELECT max(seq) AS seq FROM spool'))?.seq ?? 0);
  numbered = Math.max(numbered, last) + 1;
  return numbered;
}

async function spooled(`,
      },
    ],
  },
];

/**
 * Builds a mutant in a folder of its own. Throws where a text that it changes is no longer there: then the
 * guard has moved, and the mutant has to follow.
 */
export function buildMutant({ name, changes }: Mutant): {
  readonly program: string;
  remove(): void;
} {
  // Not below /tmp, which every jail hides.
  const folder = mkdtempSync('/var/tmp/atom-mutant-');
  try {
    for (const part of ['src', 'bin', 'skills', '.config', 'package.json', 'tsconfig.json'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'dist'));
    for (const change of changes)
      writeFileSync(join(folder, change.file), applied(change, name, folder));
    const build = [join(folder, '.config', 'build.js'), '--no-types'];
    const { status, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the mutant “${name}” does not build:\n${stderr}`);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return {
    program: join(folder, 'bin', 'atom.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The changed text of a file of the sources, here or in a copy below `root`. */
export function applied({ file, from, to }: Change, name: string, root = ROOT): string {
  const before = readFileSync(join(root, file), 'utf8');
  const after =
    typeof from === 'string' ? before.replace(from, () => to) : before.replace(from, to);
  if (after === before)
    throw new Error(`the mutant “${name}” does not find its text in ${file}: ${String(from)}`);
  return after;
}
