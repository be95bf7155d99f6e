import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { qrPng } from '../../../src/base/qr.ts';
import type { Channel, SendRequest } from '../../../src/domain/channel.ts';
import { readPng, readQr } from '../../peers/read-qr.ts';
import {
  type Answer,
  refusal,
  type ScriptedTelegram,
  startScriptedTelegram,
  success,
} from '../../peers/scripted-telegram.ts';
import { privateChat, telegramFor, watched } from './stage.ts';

let server: ScriptedTelegram;
let channel: Channel;
beforeEach(async () => {
  server = await startScriptedTelegram();
  channel = telegramFor(server);
});
afterEach(async () => {
  await channel.close();
  await server.close();
});

const home = privateChat('777');
const send = (message: Partial<SendRequest> = {}, through = channel) =>
  through.send(
    { id: 'm1', to: home, text: 'hello', buttons: [], ...message },
    AbortSignal.timeout(5000),
  );
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => 'sent',
    (error: unknown) => error,
  );

test('sends plain text without a preview, into its topic, as an answer', async () => {
  const sent = await send({ to: { ...home, peer: '-1001', thread: '5' }, quotes: '88' });
  expect(sent).toEqual({ externalId: '1001' });
  expect(server.calls('sendMessage')).toEqual([
    {
      chat_id: -1001,
      text: 'hello',
      message_thread_id: 5,
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: 88, allow_sending_without_reply: true },
    },
  ]);
});

test('sends a picture with its text below it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'atom-picture-'));
  const path = join(folder, 'code.png');
  writeFileSync(path, await qrPng('hello phone'));
  const media = { kind: 'image', path } as const;
  expect(await send({ media, quotes: '88' })).toEqual({ externalId: '1001' });
  const [call] = server.calls('sendPhoto');
  expect(call).toMatchObject({ chat_id: '42', caption: 'hello' });
  const attached = Object.values(call ?? {}).find((value) => Buffer.isBuffer(value));
  expect(readQr(readPng(attached as Buffer))).toBe('hello phone');
  expect(server.calls('sendMessage')).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(await failure(send({ media }))).toMatchObject({
    failure: { kind: 'refused', reason: 'the file is gone' },
  });
});

test('answers the message that an event came with, not whatever has its number', async () => {
  server.next('getUpdates', success([pressedUpdate]));
  const { events } = watched(channel);
  await expect.poll(() => events.length).toBe(1);
  await send({ quotes: events[0]?.message ?? '' });
  expect(server.calls('sendMessage')[0]?.reply_parameters).toMatchObject({ message_id: 61 });
});

test('tells the phone once that a button was pressed, in at most 200 characters', async () => {
  server.next('getUpdates', success([pressedUpdate]));
  const { events } = watched(channel);
  await expect.poll(() => events.length).toBe(1);
  const [press] = events;
  if (!press) throw new Error('no press');
  await channel.acknowledge?.({ ...press, id: 'the id of its first delivery' }, 'x'.repeat(300));
  await channel.acknowledge?.(press, 'again');
  expect(server.calls('answerCallbackQuery')).toEqual([
    { callback_query_id: '9001', text: 'x'.repeat(200) },
  ]);
});

test('counts an edit that changes nothing as done', async () => {
  server.next('editMessageText', refusal(400, 'Bad Request: message is not modified: specified…'));
  expect(await send({ edits: '61' })).toEqual({ externalId: '61' });
});

test('shows that it is typing, and does not mind where that fails', async () => {
  server.next('sendChatAction', refusal(400, 'Bad Request: chat not found'));
  await channel.typing?.({ ...home, thread: '5' });
  expect(server.calls('sendChatAction')).toEqual([
    { chat_id: 42, message_thread_id: 5, action: 'typing' },
  ]);
});

test.for<[Answer, object]>([
  [refusal(400, 'Bad Request: chat not found'), { kind: 'refused' }],
  [refusal(403, 'Forbidden: bot was blocked by the user'), { kind: 'refused' }],
  [refusal(401, 'Unauthorized'), { kind: 'later' }],
  [refusal(429, 'Too Many Requests', { retry_after: 3 }), { kind: 'later', retryMs: 3000 }],
  [refusal(500, 'Internal Server Error'), { kind: 'later' }],
  [{ status: 502, body: 'Bad Gateway' }, { kind: 'unknown' }],
  [{ status: 200, body: 'Log in to this network' }, { kind: 'later' }],
  ['reset', { kind: 'unknown' }],
])('tells %j from other failures', async ([answer, expected]) => {
  server.next('sendMessage', answer);
  const error = await failure(send());
  expect(error).toMatchObject({ name: 'SendError', failure: expected });
  if (typeof answer === 'object' && typeof answer.body !== 'string' && 'description' in answer.body)
    expect(String(error)).toContain(answer.body.description);
});

test('may try again where nothing was sent: nobody listens, no such host', async () => {
  const gone = await startScriptedTelegram();
  await gone.close();
  for (const apiRoot of [gone.apiRoot, 'http://no-such-host.invalid']) {
    const error = await failure(send({}, telegramFor({ ...server, apiRoot })));
    expect(error).toMatchObject({ failure: { kind: 'later' } });
  }
});

test('does not know what became of a message when it is stopped half way', async () => {
  server.next('sendMessage', 'silence');
  const stop = new AbortController();
  const sending = failure(channel.send({ id: 'm', to: home, text: 'x', buttons: [] }, stop.signal));
  await expect.poll(() => server.calls('sendMessage').length).toBe(1);
  stop.abort();
  expect(await sending).toMatchObject({ failure: { kind: 'unknown' } });
});

test('writes to ids only, never to a user name that may change hands', async () => {
  const error = await failure(send({ to: { ...home, peer: '@dana' } }));
  expect(error).toMatchObject({ failure: { kind: 'refused' } });
  expect(server.calls('sendMessage')).toHaveLength(0);
});

test('follows no redirect, for it would carry the token elsewhere', async () => {
  server.next('sendMessage', { status: 307, body: '', location: '/elsewhere' });
  expect(await failure(send())).toMatchObject({ name: 'SendError' });
  expect(server.calls('elsewhere')).toHaveLength(0);
});

const pressedUpdate = {
  update_id: 50,
  callback_query: {
    id: '9001',
    chat_instance: '1',
    data: 'v1:y:k7p2',
    from: { id: 42, is_bot: false, first_name: 'Dana' },
    message: { message_id: 61, date: 1, chat: { id: 42, type: 'private' }, text: 'May I?' },
  },
};
