import { expect, it } from 'vitest';
import { createPace } from '../../../src/channels/whatsapp/pace.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';

it('writes one message after the other, as a person would, and no more a day than it may', async () => {
  const { store } = await freshStore();
  const did: string[] = [];
  const pace = createPace({
    store,
    clock: heldClock(),
    dailyCap: 2,
    pauseMs: () => 1500,
    wait: async (ms) => void did.push(`wait ${ms}`),
  });
  const { signal } = new AbortController();
  const write = (text: string) =>
    pace.inTurn(
      () => void did.push('typing'),
      async () => void did.push(text),
      signal,
    );
  const third = [write('one'), write('two'), write('three')][2];
  await expect(third).rejects.toMatchObject({
    failure: { kind: 'later', retryMs: expect.any(Number) },
  });
  expect(did).toEqual(['typing', 'wait 1500', 'one', 'typing', 'wait 1500', 'two']);
});
