import { canonical, type Json } from '../../base/json.ts';
import type { Sql } from '../../domain/store.ts';
import { type RawEntry, rawEntries } from '../../store/tables/audit.ts';
import { auditKeys, checkpointsAfter, type KeyRow } from '../../store/tables/audit-keys.ts';
import { type BaseRow, edgeText, readBase } from '../../store/tables/audit-tree.ts';
import { FORMAT } from './export-format.ts';
import { CHAIN } from './tree.ts';

const PAGE = 1000;

/**
 * The record as lines of canonical JSON: one that names the keys and where the record begins, then every
 * checkpoint, then every entry in order. Secrets and outputs are in it as in the record itself: as
 * digests and redacted words.
 */
export async function* exportLines(sql: Sql): AsyncGenerator<string> {
  const base = await readBase(sql, CHAIN);
  yield headLine(await auditKeys(sql), base);
  for (const { note } of await checkpointsAfter(sql, 0)) yield canonical({ checkpoint: note });
  for (let after = (base?.size ?? 0) - 1; ; ) {
    const page = await rawEntries(sql, { chain: CHAIN, after, limit: PAGE });
    for (const raw of page) yield entryLine(raw);
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

function headLine(keys: readonly KeyRow[], base: BaseRow | undefined): string {
  return canonical({
    format: FORMAT,
    keys: keys.map((row) => ({ ...row })),
    base: base
      ? { size: base.size, head: base.head, frontier: edgeText(base), checkpoint: base.note }
      : null,
  });
}

/** A text that is damaged goes along as it is: whoever verifies the export names it. */
function entryLine({ chain, seq, at, kind, body, prev, hash }: RawEntry): string {
  const entry = { chain, seq, at, kind: kind.toWellFormed(), prev, hash };
  const parsed = parsedBody(body);
  if (parsed === undefined) return canonical({ damaged: { ...entry, text: body.toWellFormed() } });
  return canonical({ entry: { ...entry, body: parsed } });
}

function parsedBody(text: string): Json | undefined {
  try {
    const body = JSON.parse(text) as Json;
    return canonical(body) === text ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
