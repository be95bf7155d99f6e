// node test/bench/undo.ts [--json], a part of npm run bench: what a snapshot costs, beside a bare look at the same files. Numbers, no verdicts.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { openStore } from '../../src/store/open.ts';
import { createUndo } from '../../src/undo/undo.ts';

const FOLDERS = 500;
const FILES = 20;
const FILE_BYTES = 10_400;
const ROUNDS = 9;
const NEVER = new AbortController().signal;

const root = mkdtempSync(join(tmpdir(), 'atom-bench-undo-'));
const [work, kept] = [join(root, 'work'), join(root, 'kept')];
for (const folder of [work, kept]) mkdirSync(folder);

/** Text that compresses about as well as code does. */
function text(seed: number): string {
  let [words, state] = ['', seed + 1];
  while (words.length < FILE_BYTES) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    words += `${(state % 2000).toString(36)}word `;
  }
  return words;
}

function fill(folders: number): void {
  for (let d = 0; d < folders; d++) {
    mkdirSync(join(work, `d${d}`), { recursive: true });
    for (let f = 0; f < FILES; f++)
      writeFileSync(join(work, `d${d}`, `f${f}`), text(Math.floor(Math.random() * 2 ** 31)));
  }
}

/** The least that anybody who wants to know what changed has to do. */
function bareLook(): void {
  for (const folder of readdirSync(work))
    for (const name of readdirSync(join(work, folder))) lstatSync(join(work, folder, name));
}

/** Wall time and processor time, in ms: on a busy machine only the second says something. */
async function timed(work: () => unknown): Promise<readonly [wall: number, cpu: number]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return [performance.now() - start, (user + system) / 1000];
}

interface Row {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  readonly unit: 'ms';
  readonly ratio: string;
}

const rows: Row[] = [];
/** What a snapshot of a folder in which nothing changed is meant to stay below. */
const WANTED_MS = 300;

function say(what: string, times: readonly (readonly [number, number])[], wanted?: number): void {
  const sorted = (at: 0 | 1) => times.map((time) => time[at]).sort((a, b) => a - b);
  const middle = (values: readonly number[]): number => values[values.length >> 1] ?? 0;
  const [p50, cpu] = [middle(sorted(0)), middle(sorted(1))];
  const beside = wanted === undefined ? '' : `, ${(p50 / wanted).toFixed(2)}x of ${wanted} ms`;
  rows.push({
    what,
    p50,
    p95: sorted(0).at(-1) ?? 0,
    unit: 'ms',
    ratio: `cpu ${cpu.toFixed(0)} ms${beside}`,
  });
}

function print(): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ rows }));
    return;
  }
  for (const { what, p50, ratio } of rows)
    console.log(`${what.padEnd(42)} ${p50.toFixed(0).padStart(6)} ms  (${ratio})`);
}

try {
  fill(FOLDERS);
  const store = await openStore({ file: join(root, 'atom.db') });
  const log = createLog(() => undefined);
  const turn = async () => () => undefined;
  const undo = await createUndo({ store, folder: kept, clock: systemClock, log, turn });
  const change = (run: string) => ({ run, action: 'shell.exec', words: [run], folder: work });
  // What changed within the last second is read again.
  await pause(1500);
  say('undo snapshot, the first, 104 MB', [await timed(() => undo.before(change('first'), NEVER))]);
  await undo.after('first');
  const bare: (readonly [number, number])[] = [];
  const take: (readonly [number, number])[] = [];
  const end: (readonly [number, number])[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    bare.push(await timed(bareLook));
    take.push(await timed(() => undo.before(change(`r${n}`), NEVER)));
    end.push(await timed(() => undo.after(`r${n}`)));
  }
  say('bare look at every file', bare);
  say('undo snapshot, 10,000 files, nothing changed', take, WANTED_MS);
  say('undo look after a run, nothing changed', end);
  await undo.before(change('rewrite'), NEVER);
  fill(50);
  say('undo look after 1,000 files were rewritten', [await timed(() => undo.after('rewrite'))]);
  const { digest } = await undo.plan({ force: false });
  const order = { ref: 'rewrite', force: false, plan: digest, by: 'undo' };
  say('undo of 1,000 files', [await timed(() => undo.restore(order, NEVER))]);
  await store.close();
  print();
} finally {
  rmSync(root, { recursive: true, force: true });
}
