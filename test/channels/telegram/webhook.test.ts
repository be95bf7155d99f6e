import { describe, expect, type TestContext, test } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import type { TelegramDeps } from '../../../src/channels/telegram/create.ts';
import { startCrabline } from '../../peers/crabline.ts';
import { refusal, startScriptedTelegram, success } from '../../peers/scripted-telegram.ts';
import { openHookDoor } from './hook-door.ts';
import { hello, telegramFor, watched } from './stage.ts';

interface Peer {
  readonly apiRoot: string;
  readonly token: string;
}

const SECRET = 'a-secret-that-only-Telegram-knows';
const URL_OF_OURS = 'https://atom.example/hooks/telegram';

async function scripted(t: TestContext) {
  const server = await startScriptedTelegram();
  t.onTestFinished(() => server.close());
  return server;
}

function opened(t: TestContext, peer: Peer, more: Partial<TelegramDeps> = {}) {
  const lines: LogLine[] = [];
  const channel = telegramFor(peer, lines, {
    webhookUrl: URL_OF_OURS,
    webhookSecret: SECRET,
    ...more,
  });
  t.onTestFinished(() => channel.close());
  return { channel, lines, ...watched(channel) };
}

const request = (body: unknown, secret: string | undefined = SECRET) => ({
  method: 'POST' as const,
  url: URL_OF_OURS,
  headers: secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

describe('a bot with a webhook', () => {
  test('says where it is to be reached, with a secret, and for what', async (t) => {
    const server = await scripted(t);
    const { state } = opened(t, server);
    await expect.poll(state).toBe('ready');
    expect(server.calls('setWebhook')).toEqual([
      {
        url: URL_OF_OURS,
        secret_token: SECRET,
        allowed_updates: ['message', 'edited_message', 'callback_query'],
        max_connections: 1,
      },
    ]);
    expect(server.calls('getUpdates')).toHaveLength(0);
  });

  test('answers well only once what came is durable', async (t) => {
    const server = await scripted(t);
    const storing = Promise.withResolvers<void>();
    const channel = telegramFor(server, [], { webhookUrl: URL_OF_OURS, webhookSecret: SECRET });
    t.onTestFinished(() => channel.close());
    const { state, events } = watched(channel, () => storing.promise);
    await expect.poll(state).toBe('ready');
    let answered = false;
    const answer = channel.hook?.(request(hello(1))).finally(() => {
      answered = true;
    });
    await expect.poll(() => events.length).toBe(1);
    expect(answered).toBe(false);
    storing.resolve();
    expect(await answer).toEqual({ status: 200 });
    expect(events[0]).toMatchObject({ externalId: '1', text: 'hello 1' });
  });

  test('refuses whoever does not know the secret, and what is no update', async (t) => {
    const { channel, state, events } = opened(t, await scripted(t));
    await expect.poll(state).toBe('ready');
    const wrong = [undefined, '', SECRET.slice(1), SECRET.toUpperCase(), `${SECRET}, ${SECRET}`];
    for (const secret of wrong)
      expect(await channel.hook?.(request(hello(1), secret ?? ''))).toMatchObject({ status: 401 });
    expect(await channel.hook?.({ ...request(hello(1)), headers: {} })).toMatchObject({
      status: 401,
    });
    for (const body of ['', '[]', '{}', '{"update_id":"1"}', 'null', '\u0000'])
      expect(await channel.hook?.(request(body))).toMatchObject({ status: 400 });
    expect(events).toEqual([]);
  });

  test('takes nothing before it is open, nor once it is closed', async (t) => {
    const { channel, state } = opened(t, await scripted(t));
    await expect.poll(state).toBe('ready');
    await channel.close();
    await expect(channel.hook?.(request(hello(1)))).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('tells that another program took the webhook away, by its host alone, and sets it again', async (t) => {
    const server = await scripted(t);
    const url = 'https://other.example/bot/777:secret';
    server.next('getWebhookInfo', success({ url, pending_update_count: 1 }));
    const { state, reasons } = opened(t, server, { lookMs: 20 });
    await expect.poll(() => reasons().length).toBe(1);
    expect(reasons()[0]).toContain("send this bot's messages to other.example: stop it");
    expect(reasons()[0]).not.toContain('777:secret');
    await expect.poll(() => server.calls('setWebhook').length).toBe(2);
    await expect.poll(state).toBe('ready');
  });

  test('tells what keeps Telegram from delivering, until something comes', async (t) => {
    const server = await scripted(t);
    const last = { last_error_date: Date.now() / 1000 + 60, last_error_message: 'SSL error' };
    const info = { url: URL_OF_OURS, pending_update_count: 3, ...last };
    server.next('getWebhookInfo', success(info));
    const { reasons, state } = opened(t, server, { lookMs: 20 });
    await expect.poll(() => reasons().length).toBe(1);
    expect(reasons()[0]).toMatch(/cannot deliver to atom\.example \(SSL error\); 3 wait there/);
    await expect.poll(state).toBe('ready');
  });

  test('receives from crabline what waited while it was away', async (t) => {
    const peer = await startCrabline();
    const door = await openHookDoor();
    t.onTestFinished(peer.close);
    t.onTestFinished(door.close);
    await peer.inject('one');
    const first = opened(t, peer, { webhookUrl: door.url });
    door.lead(first.channel);
    await expect.poll(() => first.events.map(({ text }) => text)).toEqual(['one']);
    await first.channel.close();
    await peer.inject('two').catch(() => undefined);
    const second = opened(t, peer, { webhookUrl: door.url });
    door.lead(second.channel);
    await expect.poll(() => second.events.map(({ text }) => text)).toEqual(['two']);
  });
});

describe('a bot that polls', () => {
  const polling = (t: TestContext, peer: Peer) => {
    const channel = telegramFor(peer, [], { webhookUrl: URL_OF_OURS });
    t.onTestFinished(() => channel.close());
    return watched(channel);
  };

  test('takes away the webhook that it had itself, and goes on', async (t) => {
    const server = await scripted(t);
    const conflict = "Conflict: can't use getUpdates method while webhook is active";
    server.next('getUpdates', refusal(409, conflict));
    server.next('getWebhookInfo', success({ url: URL_OF_OURS, pending_update_count: 1 }));
    server.next('getUpdates', success([hello(7)]));
    const { events } = polling(t, server);
    await expect.poll(() => events.length).toBe(1);
    expect(server.calls('deleteWebhook')).toEqual([{ drop_pending_updates: false }]);
  });

  test('leaves one that is not its own, and says whose it is, without the path', async (t) => {
    const server = await scripted(t);
    const url = 'https://other.example/bot/777:secret';
    server.next('getUpdates', refusal(409, "Conflict: can't use getUpdates method while webhook"));
    server.next('getWebhookInfo', success({ url, pending_update_count: 1 }));
    const { reasons } = polling(t, server);
    await expect.poll(() => reasons().length).toBe(1);
    expect(reasons()[0]).toContain('hands its messages to other.example: have that removed');
    expect(reasons()[0]).not.toContain('777:secret');
    expect(server.calls('deleteWebhook')).toEqual([]);
  });

  test('notices a line that is dead though it is open, and takes another', async (t) => {
    const server = await scripted(t);
    server.next('getUpdates', 'silence');
    server.next('getUpdates', success([hello(7)]));
    const channel = telegramFor(server, [], { deafMs: 50 });
    t.onTestFinished(() => channel.close());
    const { events, reasons, state } = watched(channel);
    await expect.poll(() => events.length).toBe(1);
    expect(reasons()[0]).toMatch(/did not answer/);
    await expect.poll(state).toBe('ready');
  });
});
