import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AtomError, exitCodes } from '../../base/errors.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { Sql } from '../../domain/store.ts';
import type { Verification, VerifyOptions } from '../../governance/audit/verification.ts';
import type { Cli } from '../cli.ts';
import { checkpointsOf, keysToTrust, ownCheckpoints } from './evidence.ts';
import { withRecord } from './open.ts';

export interface VerifyWish {
  /** A number of entries, or a file with a checkpoint. */
  readonly since?: string;
  /** An exported file to look at instead of the database. */
  readonly exported?: string;
  /** Files with checkpoints that were kept elsewhere. */
  readonly checkpoints: readonly string[];
  readonly keys: readonly string[];
}

/** Progress is told every so many entries. */
const EVERY = 100_000;

/** Walks the record. Exits 1 and names the first entry that does not hold, and what was done to it. */
export async function verify(cli: Cli, wish: VerifyWish): Promise<number> {
  const given = wish.checkpoints.flatMap(checkpointsOf);
  const trusted = await keysToTrust(cli, wish.keys);
  const options = { trusted, onPage: progress(cli) };
  const result =
    wish.exported === undefined
      ? await verifyStored(cli, wish, { ...options, outside: given })
      : await verifyFile(wish.exported, wish, { ...options, outside: given });
  if (cli.out.json) cli.out.object({ ...result });
  else tell(cli, result);
  if (!result.ok && result.done === 're-signed' && wish.exported !== undefined)
    cli.out.hint('If another key signed at that time, name it:   --key <the key you noted then>');
  return result.ok ? 0 : exitCodes.failed;
}

async function verifyStored(
  cli: Cli,
  { since }: VerifyWish,
  options: VerifyOptions,
): Promise<Verification> {
  const { verifyAudit } = await import('../../governance/audit/verify.ts');
  const from = since === undefined ? [] : sinceOf(since);
  const outside = [...(options.outside ?? []), ...(await ownCheckpoints(cli)), ...from];
  return withRecord(cli, async (sql) => {
    const all = { ...options, outside };
    if (since === undefined) return verifyAudit(sql, all);
    return verifyAudit(sql, { ...all, since: await coveredSize(sql, since, outside) });
  });
}

const sinceOf = (since: string): readonly Checkpoint[] =>
  /^\d+$/.test(since) ? [] : checkpointsOf(since);

/** How many entries are taken as they are: only as many as a checkpoint covers. */
async function coveredSize(
  sql: Sql,
  since: string,
  outside: readonly Checkpoint[],
): Promise<number> {
  const { checkpointsAfter, knowsKeys } = await import('../../store/tables/audit-keys.ts');
  if (!/^\d+$/.test(since)) return Math.max(...checkpointsOf(since).map(({ size }) => size));
  const stored = (await knowsKeys(sql)) ? await checkpointsAfter(sql, 0) : [];
  const sizes = [...stored, ...outside].map(({ size }) => size);
  if (sizes.includes(Number(since))) return Number(since);
  const near = Math.max(0, ...sizes.filter((size) => size <= Number(since)));
  throw new AtomError('usage', `No checkpoint covers exactly ${since} entries.`, {
    next: near === 0 ? [] : [`The nearest before it:   atom audit verify --since ${near}`],
  });
}

async function verifyFile(
  file: string,
  { since }: VerifyWish,
  options: VerifyOptions,
): Promise<Verification> {
  if (since !== undefined)
    throw new AtomError('usage', 'An exported file is verified whole: leave --since out.');
  if (!existsSync(file)) throw new AtomError('usage', `There is no file ${file}`);
  const { verifyExport } = await import('../../governance/audit/verify-export.ts');
  const input = createReadStream(file);
  try {
    return await verifyExport(createInterface({ input, crlfDelay: 1e9 }), options);
  } finally {
    input.destroy();
  }
}

/** A line now and then, for a person who waits. */
function progress(cli: Cli): (size: number) => void {
  let told = 0;
  return (size) => {
    if (size - told < EVERY || cli.out.json || process.stderr.isTTY !== true) return;
    told = size;
    cli.out.say(`${size} entries checked …`);
  };
}

function tell(cli: Cli, result: Verification): void {
  const { good, bad, warn, marks } = cli.out.style;
  if (!result.ok) {
    cli.out.data(`${bad(marks.no)} The record was tampered with: ${result.problem}.`);
    cli.out.data(`  First that does not hold: entry ${result.seq} (${result.done}).`);
    cli.out.data(`  The ${result.entries} entries before it hold.`);
    return;
  }
  const { entries, from, head, root, signed, key, remarks } = result;
  cli.out.data(`${good(marks.yes)} ${entries} entries, unbroken. Head ${head}`);
  if (key !== undefined) cli.out.data(`  ${signed} of them signed by the key ${key}. Root ${root}`);
  if (from > 0) cli.out.data(`  Entries 0 to ${from - 1} stand as a checkpoint has them.`);
  if (key !== undefined && signed < entries)
    cli.out.data(`  ${unsignedWords(entries - signed)} by the chain alone until the next one.`);
  for (const remark of remarks) cli.out.data(`${warn(marks.note)} ${remark}`);
}

const unsignedWords = (many: number): string =>
  many === 1 ? 'The last one is held' : `The last ${many} are held`;
