import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { Button } from '../../domain/message.ts';
import { namedBy } from '../../governance/approvals/callback.ts';
import { callTwilio, type TwilioAccess } from './twilio.ts';

export interface SmsSender extends TwilioAccess {
  readonly from?: string;
  readonly messagingService?: string;
  /** Where Twilio tells what became of a message; none without a public address. */
  readonly statusUrl?: string;
}

/** Sends one message. Returns Twilio's id of it; throws SendError. */
export async function sendSms(
  sender: SmsSender,
  { to, text, buttons, edits }: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  if (edits !== undefined) throw refused('what was sent as SMS cannot be changed');
  if (!/^[1-9]\d{6,14}$/.test(to.peer)) throw refused(`${to.peer} is not a phone number`);
  const form = new URLSearchParams({
    To: `+${to.peer}`,
    Body: [text, ...answers(buttons)].join('\n'),
    // Curly quotes and the like become plain ones, so that a text is not sent at the price of two.
    SmartEncoded: 'true',
    ...(sender.from !== undefined && { From: `+${sender.from}` }),
    ...(sender.messagingService !== undefined && { MessagingServiceSid: sender.messagingService }),
    ...(sender.statusUrl !== undefined && { StatusCallback: sender.statusUrl }),
  });
  const { sid } = await callTwilio(sender, { path: '/Messages', form }, signal);
  if (typeof sid === 'string') return sid;
  throw new SendError({ kind: 'unknown', reason: 'Twilio took it without saying as what' });
}

/** What to answer where a button would be pressed: `Y k7p2` and `N k7p2`. */
function answers(rows: readonly (readonly Button[])[]): readonly string[] {
  const told = rows.flat().flatMap(({ data }) => {
    const { verb, code } = namedBy(data) ?? {};
    if (verb === 'yes') return [`Yes: reply Y ${code}`];
    return verb === 'no' ? [`No: reply N ${code}`] : [];
  });
  return told;
}

const refused = (reason: string): SendError => new SendError({ kind: 'refused', reason });
