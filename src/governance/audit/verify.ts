import { createTree, isFrontier } from '../../base/merkle.ts';
import { parseCheckpoint } from '../../domain/checkpoint.ts';
import type { Sql } from '../../domain/store.ts';
import { entryBytes, entryHashes, type RawEntry, rawEntries } from '../../store/tables/audit.ts';
import {
  auditKeys,
  checkpointsAfter,
  type KeyRow,
  knowsKeys,
} from '../../store/tables/audit-keys.ts';
import { readBase, readTree, type TreeRow } from '../../store/tables/audit-tree.ts';
import { lookForKeys } from './announced.ts';
import type { Damaged } from './finding.ts';
import { CHAIN, emptyTree, leafOf } from './tree.ts';
import { judge, type Shown } from './trust.ts';
import {
  noBeginning,
  refusal,
  type Verification,
  type VerifyOptions,
  whole,
} from './verification.ts';
import { type Mark, type WalkParts, walk } from './walk.ts';

const PAGE = 1000;

/**
 * Walks the record from where it begins and names the first entry that was changed, moved, added or
 * taken out. What nothing inside can show: that the newest entries were cut off together with the
 * checkpoints that cover them. Throws whatever the store throws.
 */
export async function verifyAudit(sql: Sql, options: VerifyOptions = {}): Promise<Verification> {
  const before = await readBeginning(sql);
  const found = await verifyFrom(sql, before, options);
  if (found.ok) return found;
  // Old entries may have been let go of meanwhile; then there is another beginning to walk from.
  const after = await readBeginning(sql);
  return after.start.size === before.start.size ? found : verifyFrom(sql, after, options);
}

interface Beginning {
  readonly start: TreeRow;
  readonly tree: TreeRow | undefined;
  readonly keys: readonly KeyRow[];
  readonly shown: readonly Shown[];
}

/** What the store says of its own record; little, where an older atom wrote it. */
async function readBeginning(sql: Sql): Promise<Beginning> {
  if (!(await knowsKeys(sql))) return { start: emptyTree, tree: undefined, keys: [], shown: [] };
  const base = await readBase(sql, CHAIN);
  const tree = await readTree(sql, CHAIN);
  const notes = (await checkpointsAfter(sql, 0)).map(({ note }) => note);
  const shown = [...(base ? [base.note] : []), ...notes].flatMap((note) => {
    const checkpoint = parseCheckpoint(note);
    return checkpoint ? [{ checkpoint, outside: false }] : [];
  });
  // A tree that is still taking in what an older atom wrote says nothing yet.
  const grown = tree && tree.size >= tree.known ? tree : undefined;
  return { start: base ?? emptyTree, tree: grown, keys: await auditKeys(sql), shown };
}

async function verifyFrom(
  sql: Sql,
  { start, tree, keys, shown }: Beginning,
  { outside = [], trusted = [], since = 0, onPage }: VerifyOptions,
): Promise<Verification> {
  const all = [...shown, ...outside.map((checkpoint) => ({ checkpoint, outside: true }))];
  const judged = judge({ keys, shown: all, trusted });
  if (judged.damaged) return refusal(judged.damaged);
  if (!isFrontier(start)) return refusal(noBeginning(start.size));
  const from = since > start.size ? await skipTo(sql, start, since) : start;
  const walked = await walk({
    start: from,
    marks: [...judged.marks, ...(tree ? [treeMark(tree)] : [])],
    page: (after) => rawEntries(sql, { chain: CHAIN, after, limit: PAGE }),
    look: lookAt(sql, keys),
    ...(onPage ? { onPage } : {}),
  });
  const stranger = await strangerIn(sql);
  if (stranger) return refusal(stranger);
  if (walked.damaged) return refusal(walked.damaged, walked.size);
  const more = tree && (await surplus(sql, walked.size));
  return more ? refusal(more) : whole(walked, from.size, judged);
}

const treeMark = (tree: TreeRow): Mark => ({
  size: tree.size,
  root: isFrontier(tree) ? createTree(tree).root() : 'damaged',
  who: "the record's own count",
  unsigned: true,
});

/** The tree after some entries, from their hashes alone: a checkpoint says whether they are right. */
async function skipTo(sql: Sql, start: TreeRow, to: number): Promise<TreeRow> {
  const tree = createTree(start);
  let head = start.head;
  while (tree.size < to) {
    const upTo = Math.min(to, tree.size + PAGE);
    const hashes = await entryHashes(sql, { chain: CHAIN, from: tree.size, to: upTo });
    for (let seq = tree.size; seq < upTo; seq++) {
      head = hashes.get(seq) ?? '';
      tree.push(leafOf(head));
    }
  }
  return { ...tree.frontier(), head };
}

/** Keys that are announced nowhere, and bytes that are no text. */
function lookAt(sql: Sql, keys: readonly KeyRow[]): WalkParts['look'] {
  const keyAt = lookForKeys(keys);
  return (raw) => {
    const wrong = keyAt(raw);
    if (wrong) return Promise.resolve(wrong);
    const odd = raw.body.includes(NO_TEXT) || raw.kind.includes(NO_TEXT);
    return odd ? checkBytes(sql, raw) : undefined;
  };
}

/** What a reader of text shows in the place of bytes that are none. */
const NO_TEXT = '\ufffd';

async function checkBytes(sql: Sql, { seq, body, kind }: RawEntry): Promise<Damaged | undefined> {
  const [bodyBytes = NOTHING, kindBytes = NOTHING] = await entryBytes(sql, CHAIN, seq);
  if (Buffer.from(body).equals(bodyBytes) && Buffer.from(kind).equals(kindBytes)) return undefined;
  return { seq, done: 'changed', problem: `entry ${seq} was changed after it was written` };
}

const NOTHING = new Uint8Array();

/** Rows under another chain's name, or before the first number, are nobody's. */
async function strangerIn(sql: Sql): Promise<Damaged | undefined> {
  const row = await sql.get(
    'SELECT seq FROM audit WHERE chain <> $1 OR seq < 0 ORDER BY seq LIMIT 1',
    CHAIN,
  );
  if (!row) return undefined;
  const seq = Number(row.seq);
  return { seq, done: 'stranger', problem: `entry ${seq} belongs to no chain of this profile` };
}

/** Entries beyond the record's own count, which may have grown while it was walked. */
async function surplus(sql: Sql, walked: number): Promise<Damaged | undefined> {
  const seq = (await readTree(sql, CHAIN))?.size ?? 0;
  if (walked <= seq) return undefined;
  return { seq, done: 'inserted', problem: `entry ${seq} is not in the record's own count` };
}
