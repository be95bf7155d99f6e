import { expect, it } from 'vitest';
import { postText } from '../../src/cli/feed/post-text.ts';
import type { FeedEntry } from '../../src/domain/feed-post.ts';

const same = (text: string): string => text;
const out = { style: { dim: same, bold: same }, plain: false } as Parameters<typeof postText>[1];

const alert: FeedEntry = {
  id: 'i',
  seq: 7,
  at: 0,
  author: 'atom',
  by: 'system',
  kind: 'alert',
  mentions: [],
  labels: { integrity: 'local', confidentiality: 'private' },
  reactions: [],
  replies: 0,
  text: 'IN DOUBT k7p2qx\n· mv a b\nSay what is true:\u001b[31m',
};

it('prints an alert line by line, its lines below each other and none of them drawing', () => {
  const [first, ...more] = postText(alert, out, 'default');
  expect(first).toMatch(/#7 {4}atom alert: IN DOUBT k7p2qx$/);
  expect(more).toEqual(['          · mv a b', '          Say what is true:⟦U+001B⟧[31m']);
});

it('names what shows the answers for its profile', () => {
  expect(postText({ ...alert, replies: 2 }, out, 'two').at(-1)).toBe(
    '          2 answers: atom -p two feed --thread 7',
  );
});
