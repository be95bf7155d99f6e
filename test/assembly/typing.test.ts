import { expect, it, vi } from 'vitest';
import { createTyping } from '../../src/assembly/typing.ts';
import { telegramFacts } from '../../src/channels/telegram/facts.ts';

const to = { channel: 'telegram', account: '1', peer: '42' };
const facts = { ...telegramFacts, typingMs: 1001 };

it('shows again and again that something is done, until a person is waited for', async () => {
  const typing = vi.fn(async () => undefined);
  const shown = createTyping({ typing, facts }, to, 1);
  shown.tell({ step: 'started' });
  shown.tell({ step: 'acting' });
  await expect.poll(() => typing.mock.calls.length).toBeGreaterThan(2);
  shown.tell({ step: 'waiting' });
  const before = typing.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(typing.mock.calls).toHaveLength(before);
  shown.tell({ step: 'acting' });
  await expect.poll(() => typing.mock.calls.length).toBeGreaterThan(before);
  expect(typing).toHaveBeenCalledWith(to);
  shown.stop();
});

it('needs no channel that can, and minds none that fails', async () => {
  const typing = vi.fn(async () => {
    throw new Error('the platform is away');
  });
  const shown = createTyping({ typing, facts }, to, 1);
  shown.tell({ step: 'started' });
  await expect.poll(() => typing.mock.calls.length).toBeGreaterThan(1);
  shown.tell({ step: 'ended' });
  for (const channel of [undefined, { facts }])
    createTyping(channel, to, 1).tell({ step: 'started' });
});

it('shows nothing for what is answered at once', async () => {
  const typing = vi.fn(async () => undefined);
  const shown = createTyping({ typing, facts }, to, 10_000);
  shown.tell({ step: 'started' });
  shown.tell({ step: 'ended' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(typing).not.toHaveBeenCalled();
});
