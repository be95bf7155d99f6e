import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SendRequest } from '../../../src/domain/channel.ts';
import type { MediaRef } from '../../../src/domain/event.ts';
import { createWriter } from '../../peers/whatsapp/writer.ts';
import { watched } from '../telegram/stage.ts';
import { sealed } from './files.ts';
import { seedLink } from './kept.ts';
import { home, whatsappStage } from './stage.ts';

const SOON = { timeout: 20_000 };
const soon = () => AbortSignal.timeout(15_000);

async function stage() {
  const { peer, make, store, secrets } = await whatsappStage();
  await seedLink({ store, secrets });
  const { channel } = make();
  const watch = watched(channel);
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  const fetched = async (media: MediaRef | undefined) => {
    const pieces: Uint8Array[] = [];
    if (media === undefined || !channel.download) throw new Error('nothing to fetch');
    for await (const piece of await channel.download(media, soon())) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  return { peer, channel, watch, fetched };
}

it('fetches what came with a message and proves it, and puts up what goes out with one', async () => {
  const { peer, channel, watch, fetched } = await stage();
  const dana = createWriter(peer);
  const bytes = Buffer.alloc(200_001, 'picture');
  const { body, mediaKey } = await sealed(bytes, 'image');
  peer.files.set('/v/one.enc', body);
  const image = {
    url: 'https://elsewhere.example/x',
    directPath: '/v/one.enc',
    mediaKey,
    mimetype: 'image/jpeg',
    fileLength: bytes.length,
    caption: 'look',
  };
  await peer.send(await dana.seal({ imageMessage: image }));
  await expect.poll(() => watch.events.length, SOON).toBe(1);
  const [media] = watch.events[0]?.media ?? [];
  expect(watch.events[0]?.text).toBe('look');
  expect(media).toMatchObject({ kind: 'image', type: 'image/jpeg', bytes: bytes.length });
  expect(JSON.stringify(media)).not.toContain(Buffer.from(mediaKey).toString('base64'));
  expect(await fetched(media)).toEqual(bytes);

  const changed = Buffer.from(body);
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  peer.files.set('/v/one.enc', changed);
  await expect(fetched(media)).rejects.toMatchObject({ failure: { kind: 'refused' } });
  peer.files.delete('/v/one.enc');
  await expect(fetched(media)).rejects.toThrow('does not keep the file any more');
  await peer.send(await dana.seal({ imageMessage: { ...image, directPath: '//evil.example/x' } }));
  await expect.poll(() => watch.events.length, SOON).toBe(2);
  await expect(fetched(watch.events[1]?.media[0])).rejects.toThrow('does not lie with WhatsApp');

  const folder = mkdtempSync(join(tmpdir(), 'atom-media-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'notes.pdf');
  writeFileSync(path, bytes);
  const send = (request: Partial<SendRequest>) =>
    channel.send({ id: 'm', to: home, text: '', buttons: [], ...request }, soon());
  const type = 'application/pdf';
  const quotes = watch.events[0]?.message ?? '';
  await send({ id: 'f', text: 'read it', media: { kind: 'file', path, name: 'notes.pdf', type } });
  await send({ id: 'i', text: 'see', quotes, media: { kind: 'image', path, type: 'image/jpeg' } });
  await send({ id: 'a', media: { kind: 'audio', path, type: 'audio/ogg' } });
  const [file, picture, sound] = peer.sent.map(({ content }) => content);
  const document = file?.documentWithCaptionMessage?.message?.documentMessage;
  expect(document).toMatchObject({ caption: 'read it', fileName: 'notes.pdf', mimetype: type });
  expect(picture?.imageMessage).toMatchObject({
    caption: 'see',
    contextInfo: { stanzaId: expect.stringMatching(/./) },
  });
  expect(sound?.audioMessage?.mimetype).toBe('audio/ogg');
}, 90_000);
