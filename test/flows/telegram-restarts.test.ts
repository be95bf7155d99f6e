import { beforeAll, expect, it } from 'vitest';
import { restarted } from '../bench/telegram-restarts.ts';
import { builtAtom } from '../cli/built.ts';

beforeAll(async () => void (await builtAtom()));

// By polling the campaign of faults starts gateways anew, and kills them.
it('loses and doubles nothing that Telegram brings by webhook while the gateway is started anew', async () => {
  const end = await restarted('webhook', { messages: 30, chats: 6, restarts: 1 });
  expect(end).toMatchObject({ lost: 0, doubled: 0, disordered: 0 });
}, 120_000);
