import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { checkpointsIn } from '../../../src/domain/checkpoint.ts';
import { exportLines } from '../../../src/governance/audit/export.ts';
import type { Verification } from '../../../src/governance/audit/verification.ts';
import { verifyAudit } from '../../../src/governance/audit/verify.ts';
import { openStore } from '../../../src/store/open.ts';
import { seededDice } from './dice.ts';
import type { Kind } from './kinds.ts';

const ALONE = resolve(import.meta.dirname, '../../../bin/atom-audit-verify.mjs');

/** A signed record that nobody has touched, and what its owner kept elsewhere. */
export interface Untouched {
  readonly database: string;
  readonly key: string;
  /** A file with the checkpoints that left the machine. */
  readonly copies: string;
}

/** What both verifiers said. */
export interface Judgement {
  readonly first: number;
  readonly ours: Verification;
  readonly alone: { readonly code: number | null; readonly said: string };
}

/** Tampers with a copy in `folder` and lets both verifiers look at it. */
export async function attempt(
  { database, key, copies }: Untouched,
  { folder, kind, seed }: { readonly folder: string; readonly kind: Kind; readonly seed: number },
): Promise<Judgement> {
  const file = join(folder, `${seed}.db`);
  copyFileSync(database, file);
  const db = new Database(file);
  const first = kind.tamper(db, seededDice(seed));
  db.close();
  const store = await openStore({ file });
  const exported = join(folder, `${seed}.jsonl`);
  try {
    const outside = kind.needsCopy ? checkpointsIn(readFileSync(copies, 'utf8')) : [];
    const ours = await verifyAudit(store, { trusted: [key], outside });
    const lines: string[] = [];
    for await (const line of exportLines(store)) lines.push(`${line}\n`);
    writeFileSync(exported, lines.join(''));
    return { first, ours, alone: verifyAlone(exported, key, kind.needsCopy ? [copies] : []) };
  } finally {
    await store.close();
  }
}

/** Runs the verifier that shares no code with us. */
export function verifyAlone(
  file: string,
  key: string,
  copies: readonly string[],
): Judgement['alone'] {
  const words = copies.flatMap((copy) => ['--checkpoint', copy]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [ALONE, file, '--key', key, ...words],
    { encoding: 'utf8' },
  );
  return { code: status, said: `${stdout}${stderr}`.trim() };
}
