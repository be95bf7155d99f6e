import { expect, it } from 'vitest';
import type { Outgoing } from '../../src/outbox/queue.ts';
import { chat, setOutbox } from './stage.ts';

const to = chat('42');
const text = 'word '.repeat(2000).trim();

it('a text goes out as one message where its channel has a way for long ones, and in its turn', async () => {
  const { queue, drain, sent, failures } = await setOutbox({ maxLong: 100_000 });
  failures.push({ kind: 'later', reason: 'not now' }, { kind: 'unknown', reason: 'who knows' });
  await queue({ id: 'm1', to, text, format: 'markdown' });
  await queue({ id: 'm1', to, text, format: 'markdown' });
  await queue({ id: 'm2', to, text: 'after it' });
  await drain();
  expect(sent.map(({ id }) => id)).toEqual(['m1', 'm1', 'm1', 'm2']);
  expect(sent[0]).toMatchObject({ text, format: 'markdown' });
  // Nobody knows whether it arrived the time before.
  expect(sent[2]?.text).toMatch(/^\(This may be a repeat/);
  expect(sent[2]?.text.endsWith(text)).toBe(true);
});

const kept: readonly Partial<Outgoing>[] = [
  { secret: true },
  { approval: 'a1' },
  { buttons: [[{ label: 'Once', data: 'x' }]] },
];

it.each(kept)('what is a secret or has to be seen never goes into a file: %j', async (more) => {
  const { queue, drain, sent } = await setOutbox({ maxLong: 100_000 });
  await queue({ id: 'm1', to, text, ...more });
  await drain();
  expect(sent.length).toBeGreaterThan(1);
  for (const one of sent) expect(one.text.length).toBeLessThanOrEqual(4096);
});

it('what is too long even for that goes out as several, and all of it', async () => {
  const { queue, drain, sent } = await setOutbox({ maxLong: 6000 });
  await queue({ id: 'm1', to, text });
  await drain();
  expect(sent.length).toBe(2);
  expect(sent.map((one) => one.text).join(' ')).toBe(text);
});
