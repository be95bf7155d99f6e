import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { openStore } from '../../src/store/open.ts';
import { attempt, type Untouched, verifyAlone } from './tamper/attempt.ts';
import { seededDice } from './tamper/dice.ts';
import { kinds } from './tamper/kinds.ts';
import { untouchedRecord } from './tamper/record.ts';

/** `npm run tamper -- --nightly` does fifty. */
const ROUNDS = 3;

describe('a record that somebody was at', () => {
  let folder: string;
  let record: Untouched;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'atom-tamper-'));
    record = await untouchedRecord(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(kinds)('is found out by both verifiers: $name', async (kind) => {
    for (let round = 0; round < ROUNDS; round++) {
      const seed = kinds.indexOf(kind) * 1000 + round;
      const { first, ours, alone } = await attempt(record, { folder, kind, seed });
      const what = `seed ${seed}, entry ${first}: ${JSON.stringify(ours)}, ${alone.said}`;
      expect(ours.ok, what).toBe(false);
      if (ours.ok) continue;
      expect(kind.called, what).toContain(ours.done);
      // Where only the tree shows it, the checkpoint before is as near as anybody can say.
      if (ours.done === 'rewritten' || ours.done === 're-signed')
        expect(ours.seq, what).toBeLessThanOrEqual(first);
      else if (kind.name.startsWith('delete') && ours.done === 'cut off')
        expect(ours.entries, what).toBeLessThanOrEqual(first);
      else expect(ours.seq, what).toBe(first);
      expect(alone, what).toMatchObject({ code: 1, said: expect.stringMatching(/^TAMPERED \(/) });
      const words = alone.said.slice(0, alone.said.indexOf(')'));
      expect(
        kind.called.some((word) => words.includes(word)) || words.includes('rewritten'),
        what,
      ).toBe(true);
    }
  });

  it('is left alone by both where nobody was', async () => {
    const untouched = { name: 'nothing', called: [], tamper: () => 0, needsCopy: true };
    const { ours, alone } = await attempt(record, { folder, kind: untouched, seed: 9_999_999 });
    expect(ours).toMatchObject({ ok: true, entries: 80, signed: 80, remarks: [] });
    expect(alone).toMatchObject({ code: 0, said: expect.stringMatching(/^OK: 80 entries/) });
  });

  it('does not show that it was cut off together with its checkpoints, unless one was kept elsewhere', async () => {
    const kind = kinds.find(({ needsCopy }) => needsCopy);
    if (!kind) throw new Error('that kind is gone');
    const kept = { ...kind, needsCopy: false };
    const { ours, alone } = await attempt(record, { folder, kind: kept, seed: 8_888_888 });
    expect(ours).toMatchObject({ ok: true });
    expect(alone.code).toBe(0);
  });

  it('shows any bit that was turned in its file', async () => {
    const dice = seededDice(4);
    const db = new Database(record.database, { readonly: true });
    const rows = db.prepare('SELECT seq, kind, body, prev, hash FROM audit').all();
    db.close();
    for (let round = 0; round < 40; round++) {
      const row = rows[dice(rows.length)] as Record<string, string | number>;
      const column = (['kind', 'body', 'prev', 'hash'] as const)[dice(4)] ?? 'body';
      const bytes = Buffer.from(String(row[column]));
      const [at, bit] = [dice(bytes.length), dice(8)];
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      const kind = {
        name: 'a bit',
        called: ['changed'],
        tamper: (file: Database.Database) => {
          file
            .prepare(`UPDATE audit SET ${column} = CAST(? AS TEXT) WHERE seq = ?`)
            .run(bytes, row.seq);
          return Number(row.seq);
        },
      };
      const what = `${column} of entry ${row.seq}, byte ${at}, bit ${bit}`;
      const file = join(folder, `bit${round}`);
      const found = await attemptOurs(record, { file, kind });
      expect(found, what).toMatchObject({ ok: false });
    }
  });

  it('is not taken for one by the verifier that stands alone where the file is something else', () => {
    const found = verifyAlone(record.copies, record.key, []);
    expect(found.code).toBe(2);
    expect(existsSync(record.copies)).toBe(true);
  });
});

async function attemptOurs(
  { database, key }: Untouched,
  {
    file,
    kind,
  }: { readonly file: string; readonly kind: { tamper(db: Database.Database): number } },
) {
  const db = new Database(database, { readonly: true });
  await db.backup(`${file}.db`);
  db.close();
  const copy = new Database(`${file}.db`);
  kind.tamper(copy);
  copy.close();
  const store = await openStore({ file: `${file}.db` });
  const found = await verifyAudit(store, { trusted: [key] });
  await store.close();
  return found;
}
