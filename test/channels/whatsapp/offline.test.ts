import { expect, it } from 'vitest';
import { createLog } from '../../../src/base/log.ts';
import { answerAsk } from '../../../src/channels/whatsapp/answer.ts';
import { readMessage } from '../../../src/channels/whatsapp/child/read-message.ts';
import { eventOf } from '../../../src/channels/whatsapp/events.ts';
import type { Ask, WireMessage } from '../../../src/channels/whatsapp/frames.ts';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import { queueMessage } from '../../../src/store/tables/outbox.ts';
import { DANA, OWN } from '../../peers/whatsapp/peer.ts';
import { shownByPhone } from '../../peers/whatsapp/phone.ts';
import { freshStore } from '../../store/fresh.ts';
import { memorySecrets } from './kept.ts';

const LINKED_AT = 10_000;

async function inbox() {
  const { store } = await freshStore();
  const keep = createKeep({ store, secrets: memorySecrets() });
  await keep.forgetAll(LINKED_AT);
  const texts: string[] = [];
  const deps = { newId: () => 'E', groups: [], wasSent: () => false };
  const ask = (asked: Ask) =>
    answerAsk(
      {
        store,
        keep,
        log: createLog(() => undefined, 'whatsapp'),
        taken: () => undefined,
        read: async (read) => eventOf(deps, read, { number: OWN }),
        accept: async (event) => void texts.push(event.text),
      },
      asked,
    );
  const take = (text: string, at: number, offline: boolean) => {
    const message: WireMessage = {
      id: text,
      chat: `${DANA}@s.whatsapp.net`,
      fromMe: false,
      at,
      text,
      offline,
      forwarded: false,
      media: [],
      mentions: [],
    };
    return ask({ ask: 'message', message });
  };
  return { take, texts, ask, store };
}

it('takes what waited on the server where it is newer than the link and than what was seen', async () => {
  const { take, texts } = await inbox();
  await take('before the link', LINKED_AT - 1, true);
  await take('after it', LINKED_AT + 5, true);
  await take('seen before', LINKED_AT + 4, true);
  await take('of the same second', LINKED_AT + 5, true);
  await take('live, from a slow clock', LINKED_AT - 1, false);
  await take('newer', LINKED_AT + 6, true);
  expect(texts).toEqual([
    ...['after it', 'of the same second', 'live, from a slow clock', 'newer'],
  ]);
});

it('reads whom a message mentions and what it answers', async () => {
  const { normalizeMessageContent } = await import('@whiskeysockets/baileys');
  const contextInfo = {
    mentionedJid: [`${OWN}@s.whatsapp.net`],
    stanzaId: 'A0',
    participant: `${DANA}@s.whatsapp.net`,
  };
  const read = readMessage(
    { normalizeMessageContent } as unknown as Parameters<typeof readMessage>[0],
    {
      key: { remoteJid: '1203630@g.us', id: 'A1', fromMe: false, participant: '5@lid' },
      messageTimestamp: 7,
      message: { extendedTextMessage: { text: '@atom hello', contextInfo } },
    },
    false,
  );
  expect(read).toMatchObject({
    text: '@atom hello',
    at: 7000,
    sender: '5@lid',
    mentions: [`${OWN}@s.whatsapp.net`],
    quotes: { id: 'A0', by: `${DANA}@s.whatsapp.net` },
  });
});

it('shows a card with its numbers to a phone that could not read it at first', async () => {
  const { ask, store } = await inbox();
  const buttons = [
    [
      { label: 'Approve', data: 'a.k7p2.x' },
      { label: 'Deny', data: 'd.k7p2.x' },
    ],
  ];
  await queueMessage(
    store,
    {
      id: 'card',
      to: { channel: 'whatsapp', account: OWN, peer: DANA },
      text: 'May I run: rm *a* _b_',
      buttons,
      at: 1,
    },
    `whatsapp/${OWN}/${DANA}`,
  );
  await store.run("UPDATE outbox SET external_id = '3EB0', state = 'sent'");
  const { text } = (await ask({ ask: 'sent', id: '3EB0' })) as { text: string };
  const [words, , ...numbers] = text.split('\n');
  expect(shownByPhone(words ?? '')).toBe('May I run: rm *a* _b_');
  expect(numbers.slice(0, 2)).toEqual(['1  Approve', '2  Deny']);
  expect(await ask({ ask: 'sent', id: 'unknown' })).toEqual({});
});
