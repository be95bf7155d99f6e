import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Sent } from './peer.ts';
import type { Content } from './writer.ts';

const { proto } = await import('@whiskeysockets/baileys');

/** The names that a phone seals its vote with. */
export interface Names {
  readonly creator: string;
  readonly voter: string;
}

/** What a phone sees of a poll that it was sent. */
export function pollIn({ id, content }: Sent) {
  const { name, options, selectableOptionsCount } = content.pollCreationMessageV3 ?? {};
  return {
    id,
    name,
    most: selectableOptionsCount,
    options: options?.map(({ optionName }) => optionName),
    secret: content.messageContextInfo?.messageSecret ?? new Uint8Array(),
  };
}

/**
 * A vote as phones seal it, by the algorithm as it is published: a key by HKDF-SHA-256 from the poll's secret and
 * all names, then AES-256-GCM bound to the poll and the voter.
 */
export function voteOn(
  { id, secret }: Pick<ReturnType<typeof pollIn>, 'id' | 'secret'>,
  { creator, voter }: Names,
  labels: readonly string[],
): Content {
  const selectedOptions = labels.map((label) => createHash('sha256').update(label).digest());
  const about = Buffer.from(`${id}${creator}${voter}Poll Vote`);
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), about, 32));
  const encIv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, encIv);
  cipher.setAAD(Buffer.from(`${id}\0${voter}`));
  const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
  const encPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const pollCreationMessageKey = { remoteJid: creator, fromMe: false, id };
  return {
    pollUpdateMessage: { pollCreationMessageKey, vote: { encPayload, encIv } },
  } as Content;
}
