import { expect, it } from 'vitest';
import { smsFacts } from '../../src/channels/sms/facts.ts';
import { segmentsOf } from '../../src/channels/sms/segments.ts';
import { whyNotHere } from '../../src/outbox/card-text.ts';
import { queueText } from '../../src/outbox/queue.ts';
import { shortened } from '../../src/outbox/shorten.ts';
import { outboxItem, outboxItems } from '../../src/store/tables/outbox.ts';
import { freshStore } from '../store/fresh.ts';
import { card } from './card.ts';

const to = { channel: 'sms', account: '1', peer: '15552223333' };

async function queued(parts: Partial<Parameters<typeof queueText>[2]>) {
  const { store } = await freshStore();
  await store.tx((sql) => queueText(sql, smsFacts, { id: 'm1', to, text: 'x', at: 1, ...parts }));
  const rows = await store.all('SELECT body FROM outbox ORDER BY seq');
  return {
    store,
    texts: rows.map(({ body }) => (JSON.parse(String(body)) as { text: string }).text),
  };
}

it.each([
  'word '.repeat(400),
  'слово '.repeat(400),
  '😀'.repeat(900),
  // The end is of plain letters, the start is not.
  `${'a'.repeat(400)}’${'b'.repeat(400)}`,
])(
  'of a text that costs too much only the start is sent, with where to read the whole',
  async (text) => {
    const { store, texts } = await queued({ text });
    expect(texts).toHaveLength(1);
    const [short = ''] = texts;
    expect(segmentsOf(short)).toBeLessThanOrEqual(3);
    const [, start, code] = /^(.*)\.\.\. whole: atom outbox show ([a-z2-9]{5})$/s.exec(short) ?? [];
    expect(text.startsWith(start ?? '?')).toBe(true);
    expect(start?.length).toBeGreaterThan(100);
    expect((await outboxItem(store, code ?? ''))?.text).toBe(text);
    expect((await outboxItems(store, { part: 'all', limit: 5 }))[0]?.text).toBe(text);
    expect(await outboxItem(store, 'zzzzz')).toBeUndefined();
  },
);

it('what fits, a card, and what has to be copied go out whole', async () => {
  const text = 'word '.repeat(150).trim();
  expect((await queued({ text: 'short' })).texts).toEqual(['short']);
  expect((await queued({ text, approval: 'a1' })).texts).toEqual([text]);
  expect((await queued({ text, secret: true })).texts).toEqual([text]);
});

it('where to read the whole, and a card that is not shown, is said for the profile', () => {
  const facts = { ...smsFacts, profile: 'two' };
  const { text, rest } = shortened(facts, { text: 'word '.repeat(400) }) ?? {};
  expect(text?.endsWith(`... whole: atom -p two outbox show ${rest?.code}`)).toBe(true);
  expect(segmentsOf(text ?? '')).toBeLessThanOrEqual(3);
  expect(whyNotHere({ ...card, factor: 'totp' }, facts)).toContain(
    `the terminal: atom -p two approvals show ${card.code}`,
  );
});
