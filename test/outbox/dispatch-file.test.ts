import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createBus } from '../../src/bus/bus.ts';
import type { SendingFile } from '../../src/domain/sending-file.ts';
import { createFileDispatch } from '../../src/outbox/dispatch-file.ts';
import { createMedia } from '../../src/outbox/media.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { freshFolder } from '../store/fresh.ts';
import { photograph, pictureHost } from './pictures/stage.ts';
import { chat, facts, setOutbox } from './stage.ts';

async function setStage(media: typeof facts.media = { image: 1_000_000, file: 1_000_000 }) {
  const outbox = await setOutbox({ media });
  const { store, clock } = outbox;
  const root = join(freshFolder(), 'pictures');
  const session = { id: 's1', key: 'telegram:dm:1', agent: 'atom', home: chat('1'), startedAt: 0 };
  await store.tx(async (sql) => {
    await ensureAgent(sql, { id: 'atom', name: 'atom', maturity: 'intern' });
    await ensureSession(sql, session);
  });
  const dispatch = createFileDispatch({
    store,
    clock,
    bus: createBus(),
    media: createMedia(root),
    facts: () => ({ ...facts, media }),
    pictures: await pictureHost(freshFolder()),
  });
  const send = (bytes: Uint8Array, more: Partial<SendingFile> = {}) =>
    dispatch(
      {
        session: session.id,
        run: 'r1',
        name: 'report.pdf',
        type: 'application/pdf',
        kind: 'file',
        bytes: bytes.length,
        caption: undefined,
        stillMine: undefined,
        copyTo: async (path) => writeFileSync(path, bytes, { flag: 'wx' }),
        ...more,
      },
      AbortSignal.timeout(60_000),
    );
  const waiting = (): readonly string[] => (existsSync(root) ? readdirSync(root) : []);
  return { ...outbox, send, waiting };
}

const PDF = Buffer.from('%PDF-1.4 report');

describe('a file on its way to a chat', () => {
  it('is queued once with its name and type, and sent from its copy', async () => {
    const { send, drain, sent, during, waiting } = await setStage();
    expect(await send(PDF)).toMatchObject({ message: 'file:r1', bytes: PDF.length });
    await send(PDF);
    expect(waiting()).toHaveLength(1);
    let content: Buffer | undefined;
    during.run = async () => {
      content = readFileSync(sent[0]?.media?.path ?? '');
    };
    await drain();
    expect(sent).toMatchObject([
      { text: 'report.pdf', media: { kind: 'file', name: 'report.pdf', type: 'application/pdf' } },
    ]);
    expect(content).toEqual(PDF);
  });

  it('is a picture without place and camera, whatever it was called', async () => {
    const { send, drain, sent } = await setStage();
    const picture = { name: 'IMG_1.jpeg', type: 'image/jpeg', kind: 'image' } as const;
    await send(await photograph(), { ...picture, caption: 'the lake' });
    await drain();
    expect(sent).toMatchObject([
      { text: 'the lake', media: { kind: 'image', name: 'IMG_1.jpg', type: 'image/jpeg' } },
    ]);
    const written = readFileSync(sent[0]?.media?.path ?? '');
    expect((await sharp(written).metadata()).exif).toBeUndefined();
    expect(written.includes('SecretCamera')).toBe(false);
  });

  it('goes as a document where the chat has no place of its own for it', async () => {
    const { send, drain, sent } = await setStage({ file: 1000 });
    await send(Buffer.from('OggS'), { kind: 'audio', type: 'audio/ogg', name: 'a.ogg' });
    await drain();
    expect(sent).toMatchObject([{ media: { kind: 'file', type: 'audio/ogg' } }]);
  });

  it('leaves nothing behind where it cannot be queued', async () => {
    const { send, waiting, states } = await setStage({ image: 1_000_000 });
    await expect(send(PDF)).rejects.toThrow('can take no such file');
    const broken = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    const picture = { kind: 'image', type: 'image/png' } as const;
    await expect(send(broken, picture)).rejects.toThrow('could not be written anew');
    const copyTo = async () => Promise.reject(new Error('changed'));
    await expect(send(PDF, { ...picture, copyTo })).rejects.toThrow('changed');
    const late = { stillMine: async () => false };
    await expect(send(await photograph(), { ...picture, ...late })).rejects.toThrow('lease');
    expect(waiting()).toEqual([]);
    expect(await states()).toEqual({});
  });
});
