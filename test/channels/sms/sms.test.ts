import twilio from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { createCallbacks } from '../../../src/governance/approvals/callback.ts';
import { buttonsFor } from '../../../src/outbox/card-buttons.ts';
import { startTwilio } from '../../peers/twilio.ts';
import { card as cardWith } from '../../ui/fake-gateway.ts';
import { watched } from '../telegram/stage.ts';
import { smsFor, smsHome } from './stage.ts';

let peer: Awaited<ReturnType<typeof startTwilio>>;
let channel: Channel;
let lines: LogLine[];
beforeAll(async () => {
  peer = await startTwilio();
});
afterAll(() => peer.close());
beforeEach(() => {
  lines = [];
  channel = smsFor(peer, { lines });
  return () => channel.close();
});

const card = cardWith();
const SID = `SM${'a'.repeat(32)}`;

/** What Twilio would post, signed by its own library. */
function posted(params: Readonly<Record<string, string>>, token = peer.token) {
  const form = { AccountSid: peer.accountSid, MessageSid: SID, From: '+15552223333', ...params };
  const url = 'https://atom.example.com/hooks/sms';
  return {
    method: 'POST' as const,
    url,
    headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, form) },
    body: Buffer.from(new URLSearchParams(form).toString()),
  };
}

it('takes what is signed by its own account, and nothing else', async () => {
  const { events } = watched(channel);
  expect(await channel.hook?.(posted({ Body: 'hello' }))).toMatchObject({ status: 200 });
  expect(await channel.hook?.(posted({ Body: 'forged' }, 'guessed'))).toMatchObject({
    status: 401,
  });
  const other = posted({ Body: 'of another account', AccountSid: `AC${'9'.repeat(32)}` });
  expect(await channel.hook?.(other)).toMatchObject({ status: 401 });
  const { headers: _, ...unsigned } = posted({ Body: 'unsigned' });
  expect(await channel.hook?.({ ...unsigned, headers: {} })).toMatchObject({ status: 401 });
  expect(events).toMatchObject([{ text: 'hello', externalId: SID, claimed: true }]);
  expect(events).toHaveLength(1);
});

it('does not say that it has a message before it is stored', async () => {
  watched(channel, async () => {
    throw new Error('the disk is full');
  });
  await expect(channel.hook?.(posted({ Body: 'keep me' }))).rejects.toMatchObject({
    code: 'unavailable',
  });
});

it('answers nobody who sent one of Twilio’s own words, nor a name that cannot be answered', async () => {
  const { events } = watched(channel);
  for (const params of [
    { Body: 'STOP' },
    { Body: ' unsubscribe ' },
    { Body: 'please', OptOutType: 'STOP' },
    { Body: 'hello', From: 'MyBank' },
    { Body: '' },
    { Body: 'hello', MessageSid: 'x' },
  ])
    expect(await channel.hook?.(posted(params))).toMatchObject({ status: 200 });
  expect(events).toEqual([]);
});

it('knows pictures that came with a message, and asks nobody but Twilio for them', async () => {
  const { events } = watched(channel);
  const url = `${peer.apiRoot}/2010-04-01/Accounts/${peer.accountSid}/Messages.json`;
  await channel.hook?.(
    posted({
      Body: '',
      NumMedia: '2',
      MediaUrl0: url,
      MediaContentType0: 'image/jpeg',
      MediaUrl1: 'http://169.254.169.254/latest',
      MediaContentType1: 'text/plain',
    }),
  );
  const [picture, trap] = events[0]?.media ?? [];
  expect([picture?.kind, trap?.kind]).toEqual(['image', 'file']);
  if (!picture || !trap) throw new Error('no media');
  const bytes = await channel.download?.(picture, AbortSignal.timeout(5000));
  let size = 0;
  for await (const part of bytes ?? []) size += part.length;
  expect(size).toBeGreaterThan(0);
  await expect(channel.download?.(trap, AbortSignal.timeout(5000))).rejects.toMatchObject({
    failure: { kind: 'refused' },
  });
});

it('says what to reply where a button would be pressed', async () => {
  const buttons = buttonsFor(createCallbacks(Buffer.from('key')), card, {
    approver: { ...smsHome, id: smsHome.peer },
    mayApprove: true,
    mayStand: false,
    forms: false,
  });
  await channel.send({ id: 'm1', to: smsHome, text: 'May I?', buttons }, AbortSignal.timeout(5000));
  expect((await peer.sent()).at(-1)?.body).toBe(
    `May I?\nYes: reply Y ${card.code}\nNo: reply N ${card.code}`,
  );
});

it('logs what Twilio later says did not arrive', async () => {
  watched(channel);
  await channel.hook?.(posted({ MessageStatus: 'undelivered', ErrorCode: '30006' }));
  expect(lines.map(({ text, fields }) => [text, fields])).toEqual([
    ['a message did not arrive', { message: SID, code: '30006' }],
  ]);
});
