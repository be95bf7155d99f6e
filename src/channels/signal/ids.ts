import type { Json } from '../../base/json.ts';

/** Who an envelope says that somebody is. The uuid is Signal's fixed id; the number may change hands. */
export interface Named {
  readonly number?: string | null | undefined;
  readonly uuid?: string | null | undefined;
}

const DIGITS = /^\+?([1-9]\d{5,14})$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Base64 of the 32 bytes of a group's id, or the 16 of an old one. */
const GROUP = /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)$/;

/** The digits of a phone number, without the plus; undefined where it is none. */
export const digitsIn = (text: string | null | undefined): string | undefined =>
  DIGITS.exec(text ?? '')?.[1];

/** A uuid in small letters; undefined where it is none. */
export function uuidIn(text: string | null | undefined): string | undefined {
  const lower = text?.toLowerCase() ?? '';
  return UUID.test(lower) ? lower : undefined;
}

export const isGroupId = (text: string): boolean => GROUP.test(text);

/** An account or a person as the settings name them: digits without the plus, or a uuid. */
export const idIn = (text: string): string | undefined => digitsIn(text) ?? uuidIn(text);

/** How signal-cli is told who somebody is: a number has a plus, a uuid is itself. */
export const addressOf = (id: string): string => (digitsIn(id) === undefined ? id : `+${id}`);

/** The parameter that says where a message goes; undefined for what is no place in Signal. */
export function placeOf(
  peer: string,
  account: string,
): { readonly [key: string]: Json } | undefined {
  if (peer === account) return { noteToSelf: true };
  if (idIn(peer) === peer) return { recipient: [addressOf(peer)] };
  return isGroupId(peer) ? { groupId: peer } : undefined;
}
