import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createWhatsAppCloud } from '../../../src/channels/whatsapp-cloud/create.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { APP_SECRET, PHONE_ID, type startCloud, VERIFY } from '../../peers/whatsapp/cloud.ts';

/** A channel that answers what the peer posts; what it logs goes to `lines`. */
export function cloudFor(
  peer: Awaited<ReturnType<typeof startCloud>>,
  { lines = [], token = peer.token }: { lines?: LogLine[]; token?: string } = {},
): Channel {
  const channel = createWhatsAppCloud({
    phoneNumberId: PHONE_ID,
    version: 'v23.0',
    apiRoot: peer.apiRoot,
    token,
    appSecret: APP_SECRET,
    verifyToken: VERIFY,
    newId: () => newId(),
    log: createLog((line) => void lines.push(line), 'whatsapp-cloud'),
  });
  if (channel.hook) peer.answerWith(channel.hook);
  return channel;
}

/** The phone that the peer writes from. */
export const cloudHome = { channel: 'whatsapp-cloud', account: PHONE_ID, peer: '15551112222' };
