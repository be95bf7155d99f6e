import { AtomError } from '../../base/errors.ts';
import type { Address } from '../../domain/address.ts';
import type { Caller } from '../../domain/caller.ts';
import { speaksForOwner } from '../../domain/device.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Store } from '../../domain/store.ts';
import type { ParsedParams } from '../../protocol/methods.ts';
import { keyOf, parseKey, type SessionKey } from '../../protocol/session-key.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';

type Said = ParsedParams<'chat.send'>;

/**
 * Where something is said: in the session that is named, else in a conversation of the caller's own.
 * Throws AtomError `usage` for what is no key, `not-found` for a chat that nobody has written in yet.
 */
export async function placeOf(
  store: Store,
  { session, agent, peer }: Said,
  { surface, id }: Caller,
): Promise<Pick<InboundEvent, 'from' | 'isGroup'>> {
  if (session !== undefined) return await placeOfSession(store, session);
  if (agent !== undefined) return own('terminal', agent);
  if (surface === 'terminal') return own('terminal', peer);
  const { from, isGroup } = own('device', id);
  return { from: peer === 'main' ? from : { ...from, thread: peer }, isGroup };
}

async function placeOfSession(
  store: Store,
  text: string,
): Promise<Pick<InboundEvent, 'from' | 'isGroup'>> {
  const key = parseKey(text);
  const known = await sessionByKey(store, text);
  const from = known?.home ?? localHome(key);
  if (from) return { from, isGroup: key.type !== 'dm' && key.type !== 'self' };
  throw new AtomError('not-found', `There is no session ${text}.`, {
    next: ['One begins with the first message of a chat.'],
  });
}

/** Only conversations at this gateway can begin here: of a platform, the account is not in the key. */
const localHome = ({ channel, identifier, thread }: SessionKey): Address | undefined =>
  channel === 'terminal' || channel === 'device'
    ? { ...own(channel, identifier).from, ...(thread === undefined ? {} : { thread }) }
    : undefined;

const own = (channel: string, peer: string) => ({
  from: { channel, account: 'main', peer },
  isGroup: false,
});

/**
 * Throws AtomError `blocked` where a caller that does not speak for the owner reaches for a conversation
 * that is not its own.
 */
export function requireTheirs({ surface, id, name, scopes }: Caller, session: string): void {
  if (surface === 'terminal' || speaksForOwner({ kind: surface, scopes })) return;
  const home = keyOf(own('device', id).from, false);
  if (session === home || session.startsWith(`${home}:`)) return;
  throw new AtomError('blocked', `${name} may stop only what runs in its own conversations.`, {
    next: [`Its own begin with ${home}`],
  });
}

/** What is said, and whose words it is: of a device that may answer cards, the owner's. */
export function saidBy(
  { surface, id, name, scopes }: Caller,
  { text, key }: Said,
): Omit<InboundEvent, 'id' | 'from' | 'isGroup' | 'at'> {
  const said = { kind: 'message', text, media: [], mentionsMe: true } as const;
  if (surface === 'terminal') return { ...said, externalId: key, sender: { id } };
  const owner = speaksForOwner({ kind: surface, scopes });
  return {
    ...said,
    // No platform and no other client uses the same.
    externalId: `${surface}/${id}/${key}`,
    sender: { id, name },
    via: { surface, owner },
  };
}
