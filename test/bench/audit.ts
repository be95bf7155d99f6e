// node test/bench/audit.ts [--most 100000]: what the record costs, beside floors taken in the same run. Numbers, no verdicts.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { openNotary } from '../../src/governance/audit/notary.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { openStore } from '../../src/store/open.ts';
import { spread, worked } from './measure.ts';

const APPENDS = 400;
const PAGE = Buffer.alloc(4096, 7);
const ROUNDS = 5;

const at = process.argv.indexOf('--most');
const most = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const sizes = [1000, 100_000, 1_000_000].filter((size) => size <= most);
const root = mkdtempSync(join(tmpdir(), 'atom-bench-audit-'));
const body = (i: number) => ({
  run: `01J${i}`,
  action: 'shell.exec',
  words: ['git', 'log', `${i}`],
});

async function open(name: string) {
  const file = join(root, name);
  const store = await openStore({ file });
  const audit = createAudit(systemClock);
  const notary = await openNotary({
    store,
    audit,
    clock: systemClock,
    profile: 'bench',
    signedElsewhere: () => 0,
    log: createLog(() => undefined),
    keys: { get: async () => undefined, set: async () => undefined, remove: async () => undefined },
  });
  return { file, store, audit, notary };
}

/** Milliseconds that `work` takes, by the clock on the wall. */
async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One durable append in turn with one overwrite of a page that is forced to the disk. */
async function appends(): Promise<void> {
  const { store, audit } = await open('append.db');
  const fd = openSync(join(root, 'floor'), 'w');
  writeSync(fd, PAGE, 0, PAGE.length, 0);
  const [floor, append]: [number[], number[]] = [[], []];
  for (let i = 0; i < APPENDS; i++) {
    floor.push(
      await timed(() => {
        writeSync(fd, PAGE, 0, PAGE.length, 0);
        fdatasyncSync(fd);
      }),
    );
    append.push(await timed(() => store.tx((sql) => audit(sql, 'begun', body(i)))));
  }
  closeSync(fd);
  await store.close();
  const [low, ours] = [spread(floor).p50, spread(append).p50];
  say(
    'append, p50',
    `${(ours * 1000).toFixed(0)} µs`,
    `${(ours / low).toFixed(2)}x overwrite + fdatasync`,
  );
}

/** Verifying, in turn with a bare look at every row of the same table. */
async function verifying(size: number): Promise<void> {
  const { file, store, audit, notary } = await open(`${size}.db`);
  for (let done = 0; done < size; done += 1000) {
    await store.tx(async (sql) => {
      for (let i = done; i < Math.min(size, done + 1000); i++) await audit(sql, 'begun', body(i));
    });
    await notary.checkpoint();
  }
  const db = new Database(file, { readonly: true });
  const scan = db.prepare('SELECT * FROM audit ORDER BY seq');
  const [floor, whole]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    floor.push(
      await worked(() => {
        let bytes = 0;
        for (const row of scan.iterate()) bytes += (row as { readonly body: string }).body.length;
        return bytes;
      }),
    );
    whole.push(
      await worked(async () => {
        const found = await verifyAudit(store, { trusted: [notary.key()] });
        if (!found.ok) throw new Error(found.problem);
      }),
    );
  }
  db.close();
  await store.close();
  const [low, ours] = [spread(floor).p50, spread(whole).p50];
  const rate = `${((size / ours) * 1000).toFixed(0)} entries/s`;
  say(
    `verify ${size}`,
    `${ours.toFixed(0)} ms`,
    `${(low / ours).toFixed(2)} of a table scan, ${rate}`,
  );
}

const say = (what: string, time: string, beside: string): void =>
  console.log(`${what.padEnd(20)}${time.padStart(12)}   ${beside}`);

try {
  await appends();
  for (const size of sizes) await verifying(size);
} finally {
  rmSync(root, { recursive: true, force: true });
}
