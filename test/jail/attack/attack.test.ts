import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { othersMayRead } from '../readable.ts';
import { tryApprovals } from './approvals.ts';
import { runRounds } from './rounds.ts';
import { readRows } from './rows.ts';
import { summaryOf, tableOf } from './table.ts';
import { isBad, type Verdict } from './verdict.ts';

const own = join(import.meta.dirname, 'escapes.tsv');
const shared = resolve(import.meta.dirname, '../../../../shared/jail/escapes.tsv');
const tables = [shared, own].filter(existsSync);

const told = ({ row, verdict, why }: Verdict): string =>
  `${row.id} ${row.command}: ${verdict}, ${why}`;

describe('npm run jail:attack', () => {
  test('finds no way out of a jail, for root or for an ordinary user, and ordinary work goes on', async () => {
    // `npm run jail:attack` tries every row as both.
    const rounds = await runRounds({ tables, once: true });
    expect(rounds).toHaveLength(process.getuid?.() === 0 && othersMayRead() ? 2 : 1);
    const rows = tables.flatMap(readRows).filter(({ kind }) => !kind.startsWith('approval'));
    expect(rounds.flatMap(({ verdicts }) => verdicts)).toHaveLength(rows.length);
    for (const { verdicts } of rounds) {
      expect(verdicts.filter(isBad).map(told)).toEqual([]);
      const works = verdicts.filter(({ verdict }) => verdict === 'works');
      expect(works.length).toBeGreaterThan(5);
    }
  }, 600_000);

  test('says so where a jail does not hold', async () => {
    const rounds = await runRounds({ tables: [own], weak: true });
    for (const round of rounds) {
      const escapes = round.verdicts.filter(({ verdict }) => verdict === 'ESCAPED');
      expect(escapes.length).toBeGreaterThan(5);
      expect(summaryOf(round)).toContain(`Escapes: ${escapes.length}`);
    }
    expect(tableOf(rounds).join('\n')).toMatch(/R31 .* ESCAPED .*CANARY-SECRET/);
  }, 120_000);

  test('finds nothing on a card that hides, and no yes that is good for more', async () => {
    const verdicts = await tryApprovals(tables.flatMap(readRows));
    expect(verdicts.filter(isBad).map(told)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(10);
  });
});
