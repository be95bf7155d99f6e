import type Database from 'better-sqlite3';
import { canonical } from '../../../src/base/json.ts';
import { createTree } from '../../../src/base/merkle.ts';
import type { Maturity } from '../../../src/domain/agent.ts';
import { leafHash } from '../../../src/domain/audit-entry.ts';
import { edgeText, hashesIn } from '../../../src/store/tables/audit-tree.ts';

interface TreeRow {
  readonly size: number;
  readonly head: string;
  readonly frontier: string;
}

/** Makes every agent that mature, as an owner who ratified it would have: with its entry in the record. */
export function promoteAll(db: Database.Database, maturity: Maturity): void {
  db.transaction(() => {
    const agents = db.prepare('SELECT id FROM agent').all() as { readonly id: string }[];
    db.prepare('UPDATE agent SET maturity = ?').run(maturity);
    for (const { id: agent } of agents) append(db, { agent, to: maturity, by: 'owner' });
  }).immediate();
}

function append(db: Database.Database, body: { readonly [key: string]: string }): void {
  const row = db
    .prepare("SELECT size, head, frontier FROM audit_tree WHERE chain = 'main'")
    .get() as TreeRow;
  const entry = {
    chain: 'main',
    seq: row.size,
    at: Date.now(),
    kind: 'agent.promoted',
    body: canonical(body),
    prev: row.head,
  };
  const hash = leafHash(entry);
  const tree = createTree({ size: row.size, hashes: hashesIn(row.frontier) });
  tree.push(hash);
  db.prepare(
    `INSERT INTO audit(chain, seq, at, kind, body, prev, hash)
     VALUES(@chain, @seq, @at, @kind, @body, @prev, @hash)`,
  ).run({ ...entry, hash });
  db.prepare("UPDATE audit_tree SET size = ?, head = ?, frontier = ? WHERE chain = 'main'").run(
    tree.size,
    hash,
    edgeText(tree.frontier()),
  );
}
