import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { API } from '@discordjs/core';
import { sha256 } from '../../base/digest.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import type { Access } from './api.ts';
import type { Chats } from './chats.ts';
import { componentsOf } from './components.ts';
import { sendFailureOf, troubleOf } from './errors.ts';
import { escaped } from './escape.ts';
import { marked } from './marked.ts';

export interface SendDeps {
  readonly token: string;
  readonly chats: Pick<Chats, 'channelOf'>;
  access(): Promise<Access>;
}

/** discord.com/developers/docs/resources/message: of a text, and of the text of an embed. */
const MOST_CONTENT = 2000;
const MOST_EMBED = 4096;
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
    const look = { ...wordsOf(message), components: [...componentsOf(message.buttons)] };
    if (message.edits !== undefined)
      return (await api.channels.editMessage(channel, message.edits, look, { signal })).id;
    const body: Body = {
      ...look,
      ...quote(message),
      ...(message.media ? { files: [await fileOf(message.media)] } : {}),
      nonce: nonceOf(message.id),
      enforce_nonce: true,
    };
    return (await api.channels.createMessage(channel, body, { signal })).id;
  } catch (thrown) {
    if (thrown instanceof SendError) throw thrown;
    throw new SendError(sendFailureOf(troubleOf(thrown, deps.token)));
  }
}

/** A text that its signs have made too long for a message stands in an embed, which holds twice as much. */
function wordsOf({ text, format }: SendRequest) {
  const words = format === 'markdown' ? marked(text, MOST_EMBED) : escaped(text);
  const look = words.length <= MOST_CONTENT ? { content: words, embeds: [] } : embedOf(words);
  return { ...look, allowed_mentions: NOBODY };
}

const embedOf = (description: string) => ({ content: '', embeds: [{ description }] });

/** Whatever a text says, nobody is called by it. */
const NOBODY = { parse: [], replied_user: false };

function quote({ quotes }: SendRequest): Pick<Body, 'message_reference'> {
  if (quotes === undefined) return {};
  return { message_reference: { message_id: quotes, fail_if_not_exists: false } };
}

const nonceOf = (id: string): string => sha256(id).slice(0, MOST_NONCE);

async function fileOf({ path, name, type }: OutboundMedia) {
  const data = await readFile(path).catch(() => {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  });
  return { name: name ?? basename(path), data, contentType: type ?? 'image/png' };
}
