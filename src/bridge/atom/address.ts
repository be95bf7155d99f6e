import type { Params } from '../../protocol/methods.ts';
import { readSessionKey } from '../session-keys.ts';

/** How `chat.send` names a session: a conversation at the terminal, one with an agent, or any that exists. */
export function addressOf(sessionKey: string): Omit<Params<'chat.send'>, 'text' | 'key'> {
  const { channel, type, identifier } = readSessionKey(sessionKey);
  if (channel === 'agent') return { agent: identifier };
  if (channel === 'terminal' && type === 'self') return { peer: identifier };
  return { session: sessionKey };
}
