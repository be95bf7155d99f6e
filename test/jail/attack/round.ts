// One user's round of `npm run jail:attack`, a process of its own: where to work, the tables, and the
// built programs, if any, and which rows are tried: all, even or odd ones. Prints one verdict a line, as JSON.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closeInherited } from '../../../src/jail/fd-sweep.ts';
import { createLauncher, type PinnedLaunch } from '../../../src/jail/launch.ts';
import { launcherDeps } from '../scene.ts';
import { attempt } from './attempt.ts';
import { type Ground, layGround, makeTemplate } from './ground.ts';
import { type Row, readRows } from './rows.ts';
import { scriptedFor } from './scripted.ts';
import type { Verdict } from './verdict.ts';
import { weakLaunch } from './weak.ts';

// As the gateway does at its start.
await closeInherited();
const [place = '', programs = '', weak = '', share = 'all', ...tables] = process.argv.slice(2);
process.env.OWNER_TOKEN = 'CANARY-TOKEN of the owner';

const AT_ONCE = 3;
/** Rows that would slow each other down, or everybody. */
const ALONE = /^(process|toctou|setup)$/;

const work = mkdtempSync(join(place, 'round-'));
const template = join(work, 'template');
makeTemplate(template, programs || undefined);
const scratch = join(work, 'scratch');
mkdirSync(scratch);
const deps = await launcherDeps(scratch, join(work, 'nobody'));
const launch: PinnedLaunch = weak ? weakLaunch : createLauncher(deps);

const rows = tables
  .flatMap(readRows)
  // What a jail that does not hold is given must do no harm.
  .filter(({ kind }) => (weak ? kind === 'read-outside' : !kind.startsWith('approval')))
  .filter((_, at) => share === 'all' || (at % 2 === 0) === (share === 'even'));
const [alone, together] = [
  rows.filter(({ kind }) => ALONE.test(kind)),
  rows.filter(({ kind }) => !ALONE.test(kind)),
];
let next = 0;
await Promise.all(Array.from({ length: AT_ONCE }, () => takeTurns(together)));
next = 0;
await takeTurns(alone);
rmSync(work, { recursive: true, force: true });
process.exit();

async function takeTurns(queue: readonly Row[]): Promise<void> {
  for (let row = queue[next++]; row; row = queue[next++]) {
    const at = `${rows.indexOf(row)}`;
    process.stdout.write(`${JSON.stringify(await tryRow(row, at))}\n`);
  }
}

async function tryRow(row: Row, at: string): Promise<Verdict> {
  const missing = cannotTry(row);
  if (missing !== undefined) return { row, verdict: 'untried', why: missing };
  const ground = await layGround(join(work, at), template);
  try {
    return await tried(row, ground);
  } finally {
    await ground.close();
  }
}

async function tried(row: Row, ground: Ground): Promise<Verdict> {
  if (row.kind !== 'toctou' && row.kind !== 'setup') return attempt(launch, ground, row);
  const scripted = scriptedFor(row);
  if (!scripted) return { row, verdict: 'untried', why: 'nobody wrote down how to try it' };
  const why = await scripted({ deps, launch, ground });
  if (why !== undefined) return { row, verdict: 'ESCAPED', why };
  return { row, verdict: row.expected === 'works' ? 'works' : 'held', why: '' };
}

function cannotTry({ command }: Row): string | undefined {
  if (/\.x\//.test(command) && programs === '') return 'there is no C compiler';
  if (/\.x\/sys/.test(command) && process.arch !== 'x64') return 'its system calls are of x64';
  return undefined;
}
