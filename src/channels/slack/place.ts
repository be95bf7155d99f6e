import type { Address } from '../../domain/address.ts';
import { SendError } from '../../domain/channel.ts';

/** A conversation's id begins with C or G (channels, groups), D (direct); a person's with U or W. */
const CHANNEL = /^[CG][A-Z0-9]{2,31}$/;
const PERSON = /^[UW][A-Z0-9]{2,31}$/;
/** A person, and their workspace where it is not ours. */
const DIRECT = /^([UW][A-Z0-9]{2,31})(?:@[TE][A-Z0-9]{2,31})?$/;
const MOMENT = /^\d{1,12}\.\d{1,9}$/;

export const isChannel = (id: string): boolean => CHANNEL.test(id);
export const isDirect = (id: string): boolean => /^D[A-Z0-9]{2,31}$/.test(id);
export const isPerson = (id: string): boolean => PERSON.test(id);
/** What Slack calls the person that a conversation with somebody alone is named by; undefined for anything else. */
export const personIn = (peer: string): string | undefined => DIRECT.exec(peer)?.[1];
export const isMoment = (ts: string): boolean => MOMENT.test(ts);

/** A message that Slack knows: its conversation and its time there. */
export interface Placed {
  readonly channel: string;
  readonly ts: string;
}

/** One id for a message, since its time alone is only known within its conversation. */
export const placedId = ({ channel, ts }: Placed): string => `${channel}/${ts}`;

/** Throws SendError `refused` for what was never an id of a message. */
export function placedOf(id: string): Placed {
  const [channel = '', ts = ''] = id.split('/', 2);
  if (isMoment(ts)) return { channel, ts };
  throw new SendError({ kind: 'refused', reason: `${id} is not a message of Slack` });
}

/**
 * Where a message was said: with a person alone, their fixed id stands for the conversation, since that is
 * who may answer there; in a channel everything belongs to the thread that it began or stands in.
 */
export function addressOf(
  { channel, ts }: Placed,
  {
    user,
    thread,
    account,
  }: { readonly user: string; readonly thread?: string; readonly account: string },
): Address {
  const base = { channel: 'slack', account };
  if (!isChannel(channel)) return { ...base, peer: user, ...(thread && { thread }) };
  return { ...base, peer: channel, thread: thread ?? ts };
}
