import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createSms } from '../../../src/channels/sms/create.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { OWN_NUMBER, type startTwilio } from '../../peers/twilio.ts';

/** An SMS channel that answers what the peer posts; what it logs goes to `lines`. */
export function smsFor(
  peer: Awaited<ReturnType<typeof startTwilio>>,
  { lines = [], token = peer.token }: { lines?: LogLine[]; token?: string } = {},
): Channel {
  const channel = createSms({
    accountSid: peer.accountSid,
    apiRoot: peer.apiRoot,
    token,
    from: OWN_NUMBER,
    clock: systemClock,
    newId: () => newId(),
    statusUrl: peer.hookUrl,
    log: createLog((line) => void lines.push(line), 'sms'),
  });
  if (channel.hook) peer.answerWith(channel.hook);
  return channel;
}

/** The phone that the peer writes from. */
export const smsHome = { channel: 'sms', account: OWN_NUMBER, peer: '15552223333' };
