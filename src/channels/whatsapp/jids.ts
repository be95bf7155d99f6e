const PHONE = /^(\d{5,20})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/;
const LID = /^(\d{5,20})(?::\d+)?@lid$/;

export const isGroupJid = (jid: string): boolean => jid.endsWith('@g.us');

/** Digits of the phone number in a JID, without the device; undefined where it is no phone number's. */
const numberIn = (jid: string | undefined): string | undefined => PHONE.exec(jid ?? '')?.[1];

/** The LID of a JID, without the device: `123456@lid`. */
const lidIn = (jid: string | undefined): string | undefined => {
  const user = LID.exec(jid ?? '')?.[1];
  return user === undefined ? undefined : `${user}@lid`;
};

/**
 * Who a JID stands for: the digits of the phone number where one of its two names tells it, else the
 * LID, which is on no allowlist. Undefined for what is no person: groups, broadcasts, newsletters.
 */
export const personOf = (jid: string | undefined, alt?: string): string | undefined =>
  numberIn(jid) ?? numberIn(alt) ?? lidIn(jid) ?? lidIn(alt);

/** Where to send to somebody: the reverse of `personOf`; groups are their own name. */
export const jidOf = (peer: string): string | undefined => {
  if (/^\d{5,20}$/.test(peer)) return `${peer}@s.whatsapp.net`;
  return isGroupJid(peer) || LID.test(peer) ? peer : undefined;
};
