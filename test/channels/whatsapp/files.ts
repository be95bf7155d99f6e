import { createDecipheriv } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import type { WhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { createWriter } from '../../peers/whatsapp/writer.ts';

const { encryptedStream, getMediaKeys } = await import('@whiskeysockets/baileys');

/** Bytes that Baileys’ own code has encrypted, as any phone would, and the key to them. */
export async function sealed(bytes: Buffer, kind: 'image' | 'document') {
  const { encFilePath, mediaKey } = await encryptedStream(bytes, kind);
  const body = readFileSync(encFilePath);
  rmSync(encFilePath);
  return { body, mediaKey };
}

/** The files of the chat with the peer, both ways. */
export const filesOf = (peer: WhatsAppPeer) => ({
  async bring(bytes: Buffer): Promise<void> {
    const { body, mediaKey } = await sealed(bytes, 'document');
    peer.files.set('/v/notes.enc', body);
    const documentMessage = {
      directPath: '/v/notes.enc',
      mediaKey,
      fileLength: bytes.length,
      mimetype: 'application/pdf',
      fileName: 'notes.pdf',
    };
    await peer.send(await createWriter(peer).seal({ documentMessage }));
  },
  /** What was sent as documents, opened with the keys that came with them. */
  async taken(): Promise<readonly Buffer[]> {
    const documents = peer.sent.flatMap(
      ({ content }) => content.documentWithCaptionMessage?.message?.documentMessage ?? [],
    );
    return Promise.all(
      documents.map(async ({ directPath, mediaKey }) => {
        const { iv, cipherKey } = await getMediaKeys(mediaKey, 'document');
        const cipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
        const body = peer.files.get(directPath ?? '') ?? Buffer.alloc(0);
        return Buffer.concat([cipher.update(body.subarray(0, -10)), cipher.final()]);
      }),
    );
  },
});
