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

/** Atom with one of its guards taken away, and the faults that have to notice, with how often they strike. */
export interface Mutant {
  readonly name: string;
  readonly faults: readonly (readonly [name: string, times: number])[];
  /** Found in the words for what goes wrong without the guard. */
  readonly sign: RegExp;
  readonly changes: readonly Change[];
}

const LANES = 'src/store/tables/lanes.ts';
const SPOOL = 'src/store/tables/spool.ts';
const SPOOLED = 'src/ingress/spooled.ts';
const KEEP = 'src/ingress/keep.ts';

/** Built like the mutants and whole: where this is “caught” the others prove nothing. */
export const WHOLE: Mutant = {
  name: 'nothing taken away',
  faults: [
    ['power', 6],
    ['two-gateways', 1],
    ['failpoints', 8],
    ['bridge', 4],
  ],
  sign: /./,
  changes: [],
};

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'FULL -> NORMAL',
    faults: [['power', 6]],
    sign: /was never answered/,
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
    faults: [['two-gateways', 1]],
    sign: /was never answered/,
    // Whoever held a lane once may finish in it for ever.
    changes: [{ file: LANES, from: /AND fence = \$(\d)/g, to: 'AND fence >= 0 * $$$1' }],
  },
  {
    name: 'no dedupe',
    faults: [['failpoints', 8]],
    sign: /was done 2 times|does not say so/,
    changes: [
      { file: SPOOL, from: 'if (known) return false;', to: 'void known;' },
      {
        file: 'src/store/migrations/fewer-pages.ts',
        from: ', UNIQUE(channel, account, external_id)',
        to: '',
      },
    ],
  },
  {
    name: 'id before lane lock',
    faults: [['bridge', 4]],
    sign: /was answered after a later one/,
    // On SQLite writers take turns, so the gap that another one slips into is made long enough to be seen.
    changes: [
      {
        file: SPOOLED,
        from: 'const kept = await deps.keep({ event, ...heard });',
        to: `const seq = await numberOf(deps.store);
  // Of two that come at once the first is held up.
  await new Promise((done) => setTimeout(done, seq % 2 === 1 ? 600 : 0));
  const kept = await deps.keep(Object.assign({ event, ...heard }, { seq }));`,
      },
      {
        file: KEEP,
        from: "if (!(await spoolEvent(sql, event, session))) return 'known';",
        to: `if (!(await spoolEvent(sql, event, session))) return 'known';
  await sql.run('UPDATE spool SET seq = $1 WHERE id = $2', seq, event.id);`,
      },
      {
        file: KEEP,
        from: 'const { event, session, role } = message;',
        to: 'const { event, session, role, seq } = message as Message & { readonly seq: number };',
      },
      {
        file: SPOOLED,
        from: 'export async function spooled(',
        to: `let numbered = 0;
async function numberOf(store: IngressDeps['store']): Promise<number> {
  const last = Number((await store.get('SELECT max(seq) AS seq FROM spool'))?.seq ?? 0);
  numbered = Math.max(numbered, last) + 1;
  return numbered;
}

export async function spooled(`,
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
