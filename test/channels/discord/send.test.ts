import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { escaped } from '../../../src/channels/discord/escape.ts';
import type { Channel, SendRequest } from '../../../src/domain/channel.ts';
import type { MediaRef } from '../../../src/domain/event.ts';
import { seen } from '../../peers/discord/peer.ts';
import {
  type Answer,
  BOT,
  DANA,
  directChannel,
  GUILD,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../../peers/discord/scripted.ts';
import { freshStore } from '../../store/fresh.ts';
import { directChat, discordFor } from './stage.ts';

let server: ScriptedDiscord;
let channel: Channel;
beforeEach(async () => {
  server = await startScriptedDiscord();
  const { store } = await freshStore();
  channel = discordFor(server, store, { cdn: server.origin });
});
afterEach(async () => {
  await channel.close();
  await server.close();
});

const home = directChat(BOT, DANA);
const send = (message: Partial<SendRequest> = {}) =>
  channel.send(
    { id: 'm1', to: home, text: 'hello', buttons: [], ...message },
    AbortSignal.timeout(5000),
  );
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => 'sent',
    (error: unknown) => error,
  );

test('writes to a person and to a channel, and calls nobody by it', async () => {
  // The same message is shown once, even where an answer was lost.
  const sent = await send({ quotes: '260000000000000008' });
  expect(await send({ quotes: '260000000000000008' })).toEqual(sent);
  expect(server.sent().map(({ channel: where }) => where)).toEqual([directChannel(DANA)]);
  await send({ id: 'm2', to: { ...home, peer: GUILD, thread: '135000000000000010' } });
  expect(server.sent()[1]?.channel).toBe('135000000000000010');
  expect(server.to('POST', /users\/@me\/channels/)).toHaveLength(1);
  expect(server.sent()[0]?.body).toMatchObject({
    content: 'hello',
    allowed_mentions: { parse: [], replied_user: false },
    message_reference: { message_id: '260000000000000008', fail_if_not_exists: false },
    enforce_nonce: true,
  });
  const nonces = server.sent().map(({ body }) => body.nonce);
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces[0]?.length).toBeLessThanOrEqual(25);
});

test('edits, and takes buttons away', async () => {
  await send({ buttons: [[{ label: 'Once', data: 'v1:y' }]] });
  await send({ edits: '260000000000000008' });
  expect(server.sent()[1]).toMatchObject({
    edits: '260000000000000008',
    body: { content: 'hello', embeds: [], components: [] },
  });
});

test('offers a list where there are more buttons than fit', async () => {
  const row = Array.from({ length: 6 }, (_, at) => ({ label: `No. ${at}`, data: `d${at}` }));
  await send({ buttons: [row, []] });
  const [list] = server.sent()[0]?.body.components?.[0]?.components ?? [];
  expect(list).toMatchObject({ type: 3, custom_id: 'pick' });
  expect((list as unknown as { options: unknown[] }).options).toHaveLength(6);
});

test.for<[Answer, object]>([
  [limit({ 'retry-after': '2' }), { kind: 'later', retryMs: 2050 }],
  [limit({ 'retry-after': '3', 'x-ratelimit-global': 'true' }), { kind: 'later', retryMs: 3050 }],
  [
    { status: 403, body: { code: 50_007, message: 'Cannot send messages to this user' } },
    { kind: 'refused', reason: 'Discord says: Cannot send messages to this user (50007)' },
  ],
  [{ status: 401, body: { code: 0, message: '401: Unauthorized' } }, { kind: 'later' }],
  [{ status: 502, body: {} }, { kind: 'unknown' }],
])('tells the outbox what an answer means: %j', async ([answer, expected]) => {
  server.next(`POST /channels/${directChannel(DANA)}/messages`, answer);
  expect(await failure(send())).toMatchObject({ failure: expected });
  expect(server.to('POST', /\/messages$/)).toHaveLength(1);
});

function limit(headers: Record<string, string>): Answer {
  return { status: 429, headers, body: { message: 'You are being rate limited.', global: false } };
}

describe('a text', () => {
  const ODD = [
    '*',
    '_',
    '`',
    '~',
    '|',
    '<',
    '>',
    '@',
    '#',
    '[',
    '](',
    ')',
    '\\',
    ':',
    '-',
    '1.',
    '\n',
  ];
  const words = fc.array(
    fc.oneof(fc.constantFrom(...ODD, ' ', 'https://a.example/x_y', '@everyone'), fc.string()),
  );

  test('is shown exactly as it is written, whatever stands in it', () => {
    fc.assert(
      fc.property(words, (pieces) => {
        const text = pieces.join('');
        const told = escaped(text);
        expect(seen(told)).toBe(text);
        // Without escaped signs and addresses, none is left that Discord would read.
        const bare = told.replace(/<https?:\/\/[^\s<>]+>|\\[^0-9A-Za-z\s]/g, 'x');
        expect(bare).not.toMatch(/[\\*_~`|<>@:#[\]()]|^\s*([-+]|\d+\.)\s/m);
        expect(told.length).toBeLessThanOrEqual(2 * text.length);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test('that its signs make too long for a message stands in an embed', async () => {
    const text = '*'.repeat(2000);
    await send({ text });
    const { body } = server.sent()[0] ?? {};
    expect(body?.content).toBe('');
    expect(seen(body?.embeds?.[0]?.description ?? '')).toBe(text);
    expect(body?.embeds?.[0]?.description?.length).toBeLessThanOrEqual(4096);
  });
});

describe('a long text', () => {
  test('stands in an embed where it fits there, and in a file beside its beginning where not', async () => {
    const fits = `**word** ${'and so on '.repeat(350)}`;
    await send({ text: fits, format: 'markdown' });
    expect(server.sent()[0]?.body.embeds?.[0]?.description?.length).toBeGreaterThan(2000);
    const text = `# Title\n\n${'a *word* é\n'.repeat(2000)}`;
    await send({ id: 'm2', text, format: 'markdown' });
    const call = server.to('POST', /\/messages$/)[1];
    expect(call?.files.map(({ name }) => name)).toEqual(['answer.md']);
    expect(Buffer.from(call?.files[0]?.bytes ?? []).toString('utf8')).toBe(text);
    const content = String(call?.body.content);
    expect(seen(content)).toMatch(
      /^# Title\n\na \*word\*[\s\S]* …\n\nThe whole is in answer\.md\.$/,
    );
    expect(content.length).toBeLessThanOrEqual(2000);
    // The same message is shown once, however often it is sent.
    await send({ id: 'm2', text, format: 'markdown' });
    expect(server.sent()).toHaveLength(2);
  });
});

describe('Markdown', () => {
  test.for([
    ['**bold** and *slanted*, ~~gone~~', '**bold** and *slanted*, ~~gone~~'],
    ['# Title\n\n> said', '### Title\n\n> said'],
    ['`a*b` and @everyone', '`a*b` and \\@everyone'],
    ['```js\nlet a = 1;\n```', '```js\nlet a = 1;\n```'],
    ['[here](https://a.example/x_y)', 'here (<https://a.example/x_y>)'],
    ['[x](javascript:alert)', '\\[x\\]\\(javascript\\:alert\\)'],
    ['**<@1> [a](b)**', '**\\<\\@1\\> \\[a\\]\\(b\\)**'],
  ] as const)('%j is shown as it means', async ([text, content]) => {
    await send({ text, format: 'markdown' });
    expect(server.sent()[0]?.body.content).toBe(content);
  });

  test('that would not fit is shown as it was written', async () => {
    const text = '**a** '.repeat(333);
    await send({ text: `${text}${'*'.repeat(2)}`, format: 'markdown' });
    await send({ id: 'm2', text: '`|` '.repeat(499), format: 'markdown' });
    expect(server.sent()).toHaveLength(2);
    for (const { body } of server.sent())
      expect((body.embeds?.[0]?.description ?? body.content ?? '').length).toBeLessThanOrEqual(
        4096,
      );
  });
});

describe('an attachment', () => {
  const file = { id: '260000000000000777', filename: 'a.png', content_type: 'image/png', size: 5 };
  const get = async (media: MediaRef) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await channel.download?.(media, AbortSignal.timeout(5000))) ?? [])
      pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };
  const kept = (url: string, size = 5): MediaRef => {
    const message = server.said('look', { attachments: [{ ...file, url, size }] });
    return { kind: 'image', id: `${directChannel(DANA)}/${message.id}/${file.id}` };
  };

  test.for<[string, () => MediaRef, RegExp]>([
    ['somewhere else', () => kept('http://127.0.0.1:1/a.png'), /somewhere else/],
    ['behind a redirect', () => kept(`${server.origin}/moved`), /did not answer|HTTP 302/],
    ['not there', () => kept(`${server.origin}/gone`), /HTTP 404/],
    ['too large', () => kept(`${server.origin}/a.png`, 26 * 1024 * 1024), /too large/],
    ['no file of Discord', () => ({ kind: 'image', id: '../x' }), /no file of Discord/],
  ])('%s is not', async ([, ref, words]) => {
    server.holds('/moved', Buffer.from(''), { status: 302, headers: { location: '/a.png' } });
    server.holds('/gone', Buffer.from(''), { status: 404 });
    expect(await failure(get(ref()))).toMatchObject({ name: 'SendError', message: words });
  });
});
