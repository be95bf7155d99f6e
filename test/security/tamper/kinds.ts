import type Database from 'better-sqlite3';
import { canonical, type Json } from '../../../src/base/json.ts';
import { createTree } from '../../../src/base/merkle.ts';
import { newSigner } from '../../../src/base/signed-note.ts';
import { genesis, leafHash } from '../../../src/domain/audit-entry.ts';
import { signCheckpoint } from '../../../src/domain/checkpoint.ts';
import type { RawEntry } from '../../../src/store/tables/audit.ts';
import { edgeText } from '../../../src/store/tables/audit-tree.ts';
import type { Dice } from './dice.ts';

/** One way to tamper with a record, as somebody would who can write the database but has no key. */
export interface Kind {
  readonly name: string;
  /** Does it, and returns the number of the first entry that is not what it was. */
  readonly tamper: (db: Database.Database, dice: Dice) => number;
  /** What verification may call it. */
  readonly called: readonly string[];
  /** True where only a copy of a checkpoint that was kept elsewhere can show it. */
  readonly needsCopy?: boolean;
}

/** Every kind is found; the first six are named with the very entry. */
export const kinds: readonly Kind[] = [
  { name: 'edit, leaf alone', called: ['changed'], tamper: edit },
  { name: 'edit, leaf and hash', called: ['changed'], tamper: editWithHash },
  { name: 'edit, whole chain rewritten', called: ['rewritten'], tamper: editAndRechain },
  { name: 'delete', called: ['missing'], tamper: remove },
  {
    name: 'delete, renumbered',
    called: ['missing'],
    tamper: (db, dice) => renumber(db, remove(db, dice), -1),
  },
  {
    name: 'delete, renumbered, chain rewritten',
    called: ['rewritten', 'cut off'],
    tamper: (db, dice) => rechain(db, renumber(db, remove(db, dice), -1)),
  },
  { name: 'insert', called: ['inserted'], tamper: insert },
  {
    name: 'insert, chain rewritten',
    called: ['rewritten'],
    tamper: (db, dice) => rechain(db, insert(db, dice)),
  },
  { name: 'swap', called: ['swapped'], tamper: swap },
  {
    name: 'swap, chain rewritten',
    called: ['rewritten'],
    tamper: (db, dice) => rechain(db, swap(db, dice)),
  },
  { name: 'truncate', called: ['cut off'], tamper: truncate },
  {
    name: 'truncate, checkpoints and count too',
    called: ['cut off'],
    tamper: truncateAll,
    needsCopy: true,
  },
  { name: 'sign anew with another key', called: ['re-signed'], tamper: signAnew },
];

const rowsOf = (db: Database.Database): readonly RawEntry[] =>
  db.prepare('SELECT * FROM audit ORDER BY seq').all() as RawEntry[];

/** An entry in the middle: behind the one that announces the key, before the last two. */
const victimIn = (db: Database.Database, dice: Dice): RawEntry => {
  const rows = rowsOf(db);
  const row = rows[1 + dice(rows.length - 4)];
  if (!row) throw new Error('the record is too short');
  return row;
};

const forged = (dice: Dice): Json => ({ run: 'forged', exit: dice(1000) });

function edit(db: Database.Database, dice: Dice): number {
  const { seq } = victimIn(db, dice);
  db.prepare('UPDATE audit SET body = ? WHERE seq = ?').run(canonical(forged(dice)), seq);
  return seq;
}

function editWithHash(db: Database.Database, dice: Dice): number {
  const victim = victimIn(db, dice);
  const body = canonical(forged(dice));
  const hash = leafHash({ ...victim, body });
  db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = ?').run(body, hash, victim.seq);
  return victim.seq;
}

function editAndRechain(db: Database.Database, dice: Dice): number {
  return rechain(db, edit(db, dice));
}

function remove(db: Database.Database, dice: Dice): number {
  const { seq } = victimIn(db, dice);
  db.prepare('DELETE FROM audit WHERE seq = ?').run(seq);
  return seq;
}

/** Moves the numbers of everything from an entry on. */
function renumber(db: Database.Database, from: number, by: number): number {
  db.prepare('UPDATE audit SET seq = -1 - (seq + ?) WHERE seq >= ?').run(by, from);
  db.prepare('UPDATE audit SET seq = -1 - seq WHERE seq < 0').run();
  return from;
}

function insert(db: Database.Database, dice: Dice): number {
  const { seq, prev, at, chain } = victimIn(db, dice);
  renumber(db, seq, 1);
  const entry = { chain, seq, at, kind: 'done', body: canonical(forged(dice)), prev };
  db.prepare('INSERT INTO audit VALUES(@chain, @seq, @at, @kind, @body, @prev, @hash)').run({
    ...entry,
    hash: leafHash(entry),
  });
  return seq;
}

/** What two entries say changes places; numbers and links stay. */
function swap(db: Database.Database, dice: Dice): number {
  const one = victimIn(db, dice);
  let other = victimIn(db, dice);
  while (other.seq === one.seq) other = victimIn(db, dice);
  const put = db.prepare('UPDATE audit SET at = ?, kind = ?, body = ? WHERE seq = ?');
  put.run(other.at, other.kind, other.body, one.seq);
  put.run(one.at, one.kind, one.body, other.seq);
  return Math.min(one.seq, other.seq);
}

function truncate(db: Database.Database, dice: Dice): number {
  const { seq } = victimIn(db, dice);
  db.prepare('DELETE FROM audit WHERE seq >= ?').run(seq);
  return seq;
}

function truncateAll(db: Database.Database, dice: Dice): number {
  const seq = truncate(db, dice);
  db.prepare('DELETE FROM audit_checkpoint WHERE size > ?').run(seq);
  return rechain(db, seq);
}

/** Makes every hash and link right again, and the tree as well. */
function rechain(db: Database.Database, from: number): number {
  const put = db.prepare('UPDATE audit SET prev = ?, hash = ? WHERE seq = ?');
  const tree = createTree();
  let head = genesis;
  for (const row of rowsOf(db)) {
    const entry = { ...row, prev: head };
    head = leafHash(entry);
    put.run(entry.prev, head, row.seq);
    tree.push(head);
  }
  db.prepare('UPDATE audit_tree SET size = ?, head = ?, frontier = ?').run(
    ...[tree.size, head, edgeText(tree.frontier())],
  );
  return from;
}

/** Another key, announced where the first one was, and every checkpoint signed with it. */
function signAnew(db: Database.Database, dice: Dice): number {
  const signer = newSigner('atom.local/test/0123456789abcdef');
  editAndRechain(db, dice);
  const body = canonical({ id: signer.id, key: signer.text, why: 'first' });
  db.prepare("UPDATE audit SET body = ? WHERE seq = 0 AND kind = 'audit.key'").run(body);
  db.prepare('UPDATE audit_key SET key = ?').run(signer.text);
  rechain(db, 0);
  const put = db.prepare('UPDATE audit_checkpoint SET note = ? WHERE size = ?');
  const sizes = db.prepare('SELECT size FROM audit_checkpoint').pluck().all() as number[];
  const tree = createTree();
  for (const { hash } of rowsOf(db)) {
    tree.push(hash);
    if (!sizes.includes(tree.size)) continue;
    const head = { origin: signer.name, size: tree.size, root: tree.root() };
    put.run(signCheckpoint(head, [signer]).note, tree.size);
  }
  return 0;
}
