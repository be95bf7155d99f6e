import { sha256 } from '../../base/digest.ts';
import type { MessageKey, WireMessage } from './frames.ts';

const ME = 'me';

/** Everything that WhatsApp calls a message by, in one text: its chat, its writer and its id. */
export const nameOf = ({ chat, fromMe, sender = '', id }: WireMessage): string =>
  // Whoever writes makes the id, so it comes last: what is in it changes nothing else.
  [chat, fromMe ? ME : sender, id].join('/');

/** The message of a name; undefined for what is none. */
export function keyIn(name: string | undefined): MessageKey | undefined {
  const [, remoteJid, by, id] = /^([^/]+)\/([^/]*)\/(.+)$/s.exec(name ?? '') ?? [];
  if (remoteJid === undefined || id === undefined) return undefined;
  return {
    remoteJid,
    id,
    fromMe: by === ME,
    ...(by === ME || by === '' || by === undefined ? {} : { participant: by }),
  };
}

/** An id for what is called so here, so that sending it again shows it once. Looks as WhatsApp Web's do. */
export const idFor = (name: string): string => `3EB0${sha256(name).slice(0, 18).toUpperCase()}`;
