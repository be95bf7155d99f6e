import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../../src/cli/out/style.ts';
import { csvOf } from '../../../src/cli/stats/csv.ts';
import { drawBreakdown } from '../../../src/cli/stats/draw-breakdown.ts';
import { daysOf, spanOf } from '../../../src/cli/stats/span.ts';
import type { Breakdown, BreakdownRow } from '../../../src/domain/breakdown.ts';

const row = (name: string, more: Partial<BreakdownRow> = {}): BreakdownRow => ({
  name,
  replies: 310,
  actions: 1204,
  asked: 88,
  calls: 1500,
  ms: 3_660_000,
  input: 2_100_000,
  output: 88_000,
  cached: 0,
  reasoning: 0,
  money: 4.97,
  ...more,
});
const found = (rows: readonly BreakdownRow[], more: Partial<Breakdown> = {}): Breakdown => ({
  by: 'user',
  since: '2025-11-27',
  until: '2026-11-27',
  rows,
  currency: 'USD',
  behind: 0,
  ...more,
});
const how = { style: createStyle({ colors: 'none', plain: false }), plain: false };

describe('use told apart', () => {
  it('is drawn in forty columns, whatever the names are', () => {
    const rows = [
      row('dana', { cached: 5000, reasoning: 300 }),
      row(`a\u001b[31m${'long'.repeat(30)}`),
      ...Array.from({ length: 30 }, (_, at) => row(`user-${at}`, { calls: 0, money: 0 })),
    ];
    for (const one of [rows, rows.slice(2), [], rows.slice(0, 1)])
      for (const plain of [true, false])
        for (const line of drawBreakdown(found(one, { user: 'x'.repeat(64) }), { ...how, plain })) {
          expect(stringWidth(line), line).toBeLessThanOrEqual(40);
          expect(line).not.toContain('\u001b');
        }
    const text = drawBreakdown(found(rows), how).join('\n');
    expect(text).toMatch(
      /^2025-11-27 to 2026-11-27, by user\nusers {6}32, 9\.94 USD\n {2}dana +4\.97 █/,
    );
    expect(text).toContain('    310 replies, 1204 done, 88 asked');
    expect(text).toContain('and 12 more: --json or --csv');
    expect(drawBreakdown(found([]), how).join('\n')).toContain('users      none');
  });

  it('is a table for spreadsheets, in which no name is a formula', () => {
    const rows = [
      row('=cmd|" /C calc"!A1', { money: 0.1 + 0.2 }),
      ...['+1', '-1', '@x', 'a,b', 'plain/model'].map((name) => row(name)),
    ];
    const [head, ...lines] = csvOf(found(rows, { by: 'model' }));
    expect(head).toBe(
      'model,replies,actions,asked,calls,input,output,cached,reasoning,seconds,money,currency',
    );
    expect(lines[0]).toBe(
      `"'=cmd|"" /C calc""!A1",310,1204,88,1500,2100000,88000,0,0,3660.0,0.300000,USD`,
    );
    expect(lines.slice(1).map((line) => line.split(',310,')[0])).toEqual([
      ...["'+1", "'-1", "'@x", '"a,b"', 'plain/model'],
    ]);
  });
});

describe('how far somebody looks', () => {
  const now = new Date(2026, 10, 27, 15, 30).getTime();
  it('is a time ago, or whole days', () => {
    expect(spanOf({ since: '24h' }, now)).toEqual({ since: now - 86_400_000, until: undefined });
    expect(daysOf({ since: '7d' }, now)).toEqual({ since: '2026-11-20', until: '2026-11-27' });
    expect(daysOf({ since: '2026-02-03', until: '2026-02-03' }, now)).toEqual({
      since: '2026-02-03',
      until: '2026-02-03',
    });
    expect(spanOf({ since: '2026-02-03', until: '2026-02-28' }, now)).toEqual({
      since: new Date(2026, 1, 3).getTime(),
      until: new Date(2026, 2, 1).getTime(),
    });
    expect(daysOf({ since: '365d', until: '30d' }, now)).toEqual({
      since: '2025-11-27',
      until: '2026-10-28',
    });
  });

  it('is no day that there is not, and ends after it begins', () => {
    for (const wish of [
      { since: '2026-02-30' },
      { since: '2026-13-01' },
      { since: 'ever' },
      { since: '7d', until: '2026-2-3' },
      { since: '7d', until: '30d' },
      { since: '2026-02-04', until: '2026-02-03' },
    ])
      expect(() => spanOf(wish, now), JSON.stringify(wish)).toThrow();
  });
});
