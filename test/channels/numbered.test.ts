import { expect, it } from 'vitest';
import { createNumbered } from '../../src/channels/numbered.ts';
import type { SendRequest } from '../../src/domain/channel.ts';
import { doubtLabels, doubtWords } from '../../src/domain/doubt.ts';

const doubt: SendRequest = {
  id: 'm1',
  to: { channel: 'signal', account: '1', peer: '42' },
  text: 'IN DOUBT k7p2qx',
  buttons: [
    doubtWords.map((word) => ({ label: doubtLabels[word], data: `v1:${word}:k7p2qx:abcdefgh` })),
  ],
};

it('a run in doubt is answered by a number and its six signs, and by no other', () => {
  const numbered = createNumbered();
  expect(numbered.textOf(doubt).split('\n').slice(1)).toEqual([
    '',
    '1  It happened',
    '2  Do it again',
    '3  Forget it',
    'Reply with a number and k7p2qx, such as: 1 k7p2qx',
  ]);
  numbered.remember('sent-1', doubt);
  expect(numbered.pressed('42', { text: '2 K7P2QX' })).toBe('v1:again:k7p2qx:abcdefgh');
  expect(numbered.pressed('42', { text: '3', quotes: { id: 'sent-1' } })).toBe(
    'v1:forget:k7p2qx:abcdefgh',
  );
  for (const text of ['2', '2 k7p2', '2 k7p2qy', '4 k7p2qx'])
    expect(numbered.pressed('42', { text })).toBeUndefined();
  expect(numbered.pressed('43', { text: '2 k7p2qx' })).toBeUndefined();
});
