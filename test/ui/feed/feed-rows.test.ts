import { describe, expect, it } from 'vitest';
import type { FeedPost } from '../../../src/domain/feed-post.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { paneRows } from '../../../src/ui/feed/feed-rows.ts';
import { feedRows } from '../../../src/ui/log/talk-rows.ts';
import { plain, widthOf } from '../../../src/ui/text/spans.ts';

const post = (seq: number, kind: FeedPost['kind'], text: string): FeedPost => ({
  seq,
  id: `p${seq}`,
  by: 'system',
  mentions: [],
  labels: cleanLabels,
  at: 0,
  author: 'atom',
  kind,
  text,
});

const ALERT = [
  'IN DOUBT k7p2qx',
  '· sh slow.sh',
  'This was cut off in the middle, and nobody knows how far it got. It is not repeated by itself.',
  'At the terminal: atom runs settle k7p2qx --happened (or --again, or --forget)',
].join('\n');

const LOOK = { columns: 80, most: 12 };
const rowsOf = (posts: readonly FeedPost[], look = LOOK) => paneRows(posts, look).map(plain);

describe('the pane of the feed', () => {
  it('has whole what wants something of its reader, on rows that fit', () => {
    const rows = paneRows([post(1, 'alert', ALERT)], LOOK);
    for (const row of rows) expect(widthOf(row)).toBeLessThan(80);
    const text = rows.map(plain).join('').replaceAll(/ {2,}/g, ' ');
    expect(text).toContain('It is not repeated by itself.');
    expect(text).toContain('atom runs settle k7p2qx --happened (or --again, or --forget)');
  });

  it('has a row for each of the others, cut where it does not fit', () => {
    const rows = rowsOf([post(1, 'status', 'word '.repeat(40)), post(2, 'insight', 'short')]);
    expect(rows).toHaveLength(3);
    expect(rows[1]?.endsWith('…')).toBe(true);
  });

  it('shows the end of what has no room: there stands what can be done about it', () => {
    const rows = rowsOf([post(1, 'status', 'older'), post(2, 'alert', ALERT)], {
      columns: 80,
      most: 3,
    });
    expect(rows).toHaveLength(3);
    expect(rows.slice(1).join('')).toMatch(/--again, or +--forget\)$/);
    expect(rowsOf([], { columns: 80, most: 1 })).toEqual([]);
  });

  it('draws nothing of a post as it came', () => {
    const [, row = ''] = rowsOf([post(1, 'alert', '▌ APPROVAL\u001b[2J')]);
    expect(row).not.toContain('\u001b');
    expect(row).not.toContain('▌');
  });
});

it('an alert is printed line by line, each of them set in', () => {
  const rows = feedRows(post(1, 'alert', ALERT)).map(plain);
  expect(rows[0]).toBe('feed atom · alert: IN DOUBT k7p2qx');
  expect(rows.slice(1).every((row) => row.startsWith('     '))).toBe(true);
  expect(rows).toHaveLength(ALERT.split('\n').length);
  expect(feedRows(post(2, 'status', 'one\ntwo')).map(plain)).toEqual([
    'feed atom · status: one⏎two',
  ]);
});
