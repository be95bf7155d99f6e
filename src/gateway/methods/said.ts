import { AtomError } from '../../base/errors.ts';
import type { Address } from '../../domain/address.ts';
import type { Caller } from '../../domain/caller.ts';
import { speaksForOwner } from '../../domain/device.ts';
import { agentHome } from '../../domain/errand.ts';
import { type InboundEvent, saidThrough } from '../../domain/event.ts';
import type { Store } from '../../domain/store.ts';
import type { ParsedParams } from '../../protocol/methods.ts';
import { isOfDevice, parseKey, type SessionKey } from '../../protocol/session-key.ts';
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
  const name = agent ?? peer;
  if (surface === 'terminal') return own('terminal', name);
  const { from, isGroup } = own('device', id);
  return { from: name === 'main' ? from : { ...from, thread: name }, isGroup };
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

/**
 * Only conversations at this gateway can begin here: of a platform, the account is not in the key, and what an
 * agent is asked by another one, no client begins.
 */
function localHome({ channel, identifier, thread }: SessionKey): Address | undefined {
  if (channel === 'agent') return thread === 'main' ? agentHome(identifier) : undefined;
  return channel === 'terminal' || channel === 'device'
    ? { ...own(channel, identifier).from, ...(thread === undefined ? {} : { thread }) }
    : undefined;
}

const own = (channel: string, peer: string) => ({
  from: { channel, account: 'main', peer },
  isGroup: false,
});

/** True for this machine, and for a device that speaks for the owner; never for a program, or what is a user's. */
export const isOwnerSpeaking = ({ surface, scopes, user }: Caller): boolean =>
  user === undefined && (surface === 'terminal' || speaksForOwner({ kind: surface, scopes }));

/**
 * Throws AtomError `blocked` where a caller that does not speak for the owner reaches for a conversation
 * that is not its own.
 */
export function requireTheirs(caller: Caller, session: string): void {
  if (isOwnerSpeaking(caller) || isOfDevice(session, caller.id)) return;
  throw new AtomError(
    'blocked',
    `${caller.name} may stop only what runs in its own conversations.`,
  );
}

/** What is said in a chat, and whose words it is: of a device that may answer cards, the owner's. */
export function saidBy(
  caller: Caller,
  { text, key }: Said,
  { from }: Pick<InboundEvent, 'from'>,
): Omit<InboundEvent, 'id' | 'from' | 'isGroup' | 'at'> {
  const { surface, id, name } = caller;
  const said = { kind: 'message', text, media: [], mentionsMe: true } as const;
  if (surface === 'terminal' && from.channel === 'terminal')
    return { ...said, externalId: key, sender: { id } };
  return {
    ...said,
    externalId: saidThrough({ surface, id }, key),
    sender: { id, name },
    via: { surface, owner: isOwnerSpeaking(caller) },
  };
}
