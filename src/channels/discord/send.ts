import type { API } from '@discordjs/core';
import { sha256 } from '../../base/digest.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { Access } from './api.ts';
import type { Chats } from './chats.ts';
import { componentsOf } from './components.ts';
import { sendFailureOf, troubleOf } from './errors.ts';
import { shownOf } from './shown.ts';

export interface SendDeps {
  readonly token: string;
  readonly chats: Pick<Chats, 'channelOf'>;
  access(): Promise<Access>;
}

/** Longest nonce; one that is enforced shows a message once, however often it is sent within minutes. */
const MOST_NONCE = 25;

type Body = Parameters<API['channels']['createMessage']>[1];

/**
 * Sends or edits one message so that nothing in it can act: no mark, no mention, no preview. Returns
 * Discord's message id; throws SendError.
 */
export async function sendText(
  deps: SendDeps,
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) throw new SendError({ kind: 'later', reason: 'stopped before it was sent' });
  try {
    const { api } = await deps.access();
    const channel = await deps.chats.channelOf(message.to, signal);
    const { files, ...words } = await shownOf(message);
    const look = { ...words, components: [...componentsOf(message.buttons)] };
    if (message.edits !== undefined)
      return (await api.channels.editMessage(channel, message.edits, look, { signal })).id;
    const body: Body = {
      ...look,
      ...quote(message),
      ...(files.length > 0 && { files }),
      nonce: nonceOf(message.id),
      enforce_nonce: true,
    };
    return (await api.channels.createMessage(channel, body, { signal })).id;
  } catch (thrown) {
    if (thrown instanceof SendError) throw thrown;
    throw new SendError(sendFailureOf(troubleOf(thrown, deps.token)));
  }
}

function quote({ quotes }: SendRequest): Pick<Body, 'message_reference'> {
  if (quotes === undefined) return {};
  return { message_reference: { message_id: quotes, fail_if_not_exists: false } };
}

const nonceOf = (id: string): string => sha256(id).slice(0, MOST_NONCE);
