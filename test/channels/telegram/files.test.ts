import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/domain/channel.ts';
import type { MediaRef } from '../../../src/domain/event.ts';
import type { OutboundMedia } from '../../../src/domain/message.ts';
import {
  refusal,
  type ScriptedTelegram,
  startScriptedTelegram,
  success,
} from '../../peers/scripted-telegram.ts';
import { hello, privateChat, telegramFor, watched } from './stage.ts';

const MB = 1024 * 1024;
let server: ScriptedTelegram;
let channel: Channel;
let folder: string;
beforeEach(async () => {
  server = await startScriptedTelegram();
  channel = telegramFor(server);
  folder = mkdtempSync(join(tmpdir(), 'atom-files-'));
});
afterEach(async () => {
  await channel.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('a file that comes in', () => {
  const ref: MediaRef = { kind: 'file', id: 'f1' };
  const named = (file_path: string, more = {}) =>
    success({ file_id: 'f1', file_unique_id: 'u', file_path, ...more });
  const read = async (media = ref): Promise<number> => {
    const bytes = await channel.download?.(media, AbortSignal.timeout(10_000));
    let all = 0;
    for await (const part of bytes ?? []) all += part.length;
    return all;
  };

  test('says what it is, as far as Telegram knows', async () => {
    const { text: _, ...message } = hello(1).message;
    const file = { file_id: 'f', file_unique_id: 'u', file_size: 3 };
    const came = [
      { photo: [{ ...file, width: 1, height: 1 }] },
      { voice: { ...file, duration: 1 } },
      { document: { ...file, file_name: 'a.pdf', mime_type: 'application/pdf' } },
      { sticker: { ...file, type: 'regular', is_animated: false, is_video: true } },
    ].map((media, at) => ({ update_id: at + 1, message: { ...message, ...media } }));
    server.next('getUpdates', success(came));
    const { events } = watched(channel);
    await expect.poll(() => events.length).toBe(4);
    const base = { id: 'f', bytes: 3 };
    expect(events.map(({ media }) => media[0])).toEqual([
      { ...base, kind: 'image', type: 'image/jpeg' },
      { ...base, kind: 'audio', type: 'audio/ogg' },
      { ...base, kind: 'file', name: 'a.pdf', type: 'application/pdf' },
      { ...base, kind: 'video', type: 'video/webm' },
    ]);
  });

  test('is handed out as it arrives', async () => {
    server.next('getFile', named('documents/file_1.pdf'));
    server.next('file_1.pdf', { status: 200, body: Buffer.alloc(300_000, 7) });
    expect(await read()).toBe(300_000);
  });

  test('is let go as soon as there is more of it than Telegram hands to bots', async () => {
    expect(await read({ ...ref, bytes: 20 * MB + 1 }).catch(String)).toMatch(/21 MB/);
    expect(server.calls('getFile')).toHaveLength(0);
    server.next('getFile', named('documents/large', { file_size: 10 }));
    server.next('large', { status: 200, body: Buffer.alloc(20 * MB + 1) });
    await expect(read()).rejects.toMatchObject({ failure: { kind: 'refused' } });
  });

  test.each([
    '../../etc/passwd',
    '/var/lib/bot/file',
    'documents/../../x',
    'a?b=c',
    'a%2f..%2fb',
    'http://other.example/a',
    '',
  ])('is not fetched from %s', async (path) => {
    server.next('getFile', named(path));
    await expect(read()).rejects.toMatchObject({ failure: { kind: 'refused' } });
  });

  test('is tried again later where that may help, and no error tells the token', async () => {
    server.next('getFile', refusal(400, 'Bad Request: file is too big'));
    server.next('getFile', refusal(500, 'Internal Server Error'));
    for (const [file, answer] of [
      ['gone', { status: 404, body: '' }],
      ['later', { status: 502, body: '' }],
      ['cut', 'reset'],
      ['moved', { status: 302, body: '', location: '/elsewhere' }],
    ] as const) {
      server.next('getFile', named(`documents/${file}`));
      server.next(file, answer);
    }
    const failures: unknown[] = [];
    for (let at = 0; at < 6; at++) failures.push(await read().catch(({ failure }) => failure));
    expect(failures.map((failure) => (failure as { kind: string }).kind)).toEqual([
      'refused',
      'later',
      'refused',
      'later',
      'later',
      'later',
    ]);
    expect(JSON.stringify(failures)).not.toContain(server.token.split(':')[1]);
    expect(server.calls('elsewhere')).toHaveLength(0);
  });
});

describe('a file that goes out', () => {
  const send = (media: Omit<OutboundMedia, 'path'>, text = 'here', size = 3) => {
    const path = join(folder, 'file');
    writeFileSync(path, 'abc');
    truncateSync(path, size);
    const message = { id: 'm', to: privateChat('777'), text, buttons: [] };
    return channel.send({ ...message, media: { ...media, path } }, AbortSignal.timeout(10_000));
  };

  test.each<[OutboundMedia['kind'], string, string, string]>([
    ['image', 'image/jpeg', 'sendPhoto', 'photo'],
    ['image', 'image/gif', 'sendAnimation', 'animation'],
    ['image', 'image/svg+xml', 'sendDocument', 'document'],
    ['audio', 'audio/ogg', 'sendVoice', 'voice'],
    ['audio', 'audio/mpeg', 'sendAudio', 'audio'],
    ['audio', 'audio/wav', 'sendDocument', 'document'],
    ['video', 'video/mp4', 'sendVideo', 'video'],
    ['file', 'image/png', 'sendDocument', 'document'],
  ])('as %s, %s, is sent by %s', async (kind, type, method) => {
    expect(await send({ kind, type, name: 'a.bin' })).toEqual({ externalId: '1001' });
    const [call] = server.calls(method);
    expect(call).toMatchObject({ chat_id: '42', caption: 'here' });
    const file = Object.values(call ?? {}).find((value) => Buffer.isBuffer(value));
    expect(String(file)).toContain('abc');
  });

  test('goes as a document where it is no shape for a picture', async () => {
    server.next('sendPhoto', refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'));
    await send({ kind: 'image', type: 'image/png' });
    expect(server.calls('sendDocument')).toHaveLength(1);
  });

  test('is refused above what Telegram takes of its kind', async () => {
    const large = send({ kind: 'image', type: 'image/png' }, 'here', 10 * MB + 1);
    await expect(large).rejects.toMatchObject({ failure: { kind: 'refused' } });
    expect(server.calls('sendPhoto')).toHaveLength(0);
  });

  test('has no caption where its text follows by itself', async () => {
    await send({ kind: 'file' }, '');
    expect(server.calls('sendDocument')[0]).not.toHaveProperty('caption');
  });
});
