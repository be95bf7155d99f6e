import { AtomError } from '../base/errors.ts';
import type { Address } from '../domain/address.ts';
import { isOwnChannel } from '../domain/own-channel.ts';

/** A session's name: `channel:type:identifier[:thread]`, such as `telegram:dm:5012233`. */
export interface SessionKey {
  readonly channel: string;
  readonly type: 'dm' | 'group' | 'self' | 'channel' | 'guild';
  readonly identifier: string;
  readonly thread?: string;
}

const TYPES: readonly string[] = ['dm', 'group', 'self', 'channel', 'guild'];
const CHANNELS: readonly string[] = [
  ...['terminal', 'device', 'agent', 'job', 'telegram', 'whatsapp', 'whatsapp-cloud'],
  ...['slack', 'discord', 'sms', 'signal', 'webhook', 'a2a'],
];

/** The key of the conversation that an address stands for; of an agent's own, `agent:<name>:main`. */
export function keyOf(address: Address, isGroup: boolean): string {
  if (address.channel === 'agent')
    return ['agent', address.peer, address.thread ?? 'main'].join(':');
  const group = address.channel === 'discord' ? 'guild' : 'group';
  const type = address.channel === 'terminal' ? 'self' : isGroup ? group : 'dm';
  const base = [address.channel, type, address.peer];
  return (address.thread === undefined ? base : [...base, address.thread]).join(':');
}

/** True for the key of a conversation that is a device's or a program's own, by its id. */
export function isOfDevice(key: string, id: string): boolean {
  const home = keyOf({ channel: 'device', account: 'main', peer: id }, false);
  return key === home || key.startsWith(`${home}:`);
}

/** Reads a key back. Throws AtomError `usage` where it is not one. */
export function parseKey(text: string): SessionKey {
  const [channel, type, identifier, thread, ...rest] = text.split(':');
  if (channel === 'agent' && type && identifier && thread === undefined && !TYPES.includes(type))
    return { channel, type: 'self', identifier: type, thread: identifier };
  const isKey = identifier && rest.length === 0 && TYPES.includes(type ?? '');
  if (!channel || !isKey || !(CHANNELS.includes(channel) || isOwnChannel(channel))) {
    throw new AtomError('usage', `"${text}" is not a session key`, {
      next: ['Keys look like terminal:self:main or telegram:dm:5012233.'],
    });
  }
  const key = { channel, type: type as SessionKey['type'], identifier };
  return thread ? { ...key, thread } : key;
}
