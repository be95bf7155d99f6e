import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Address } from '../../domain/address.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { Button } from '../../domain/message.ts';
import { forGrammy } from './api.ts';
import { sendFailureOf, troubleOf } from './errors.ts';
import { type Place, sendFile } from './send-file.ts';
import { wordsOf } from './words.ts';

export interface SendDeps {
  readonly token: string;
  api(): Promise<Api>;
}

/**
 * Sends or edits one message. What its words mean is said beside them, so that nothing in them can act as
 * markup. Returns Telegram's message id; throws SendError.
 */
export async function sendText(
  deps: SendDeps,
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  const chat = numeric(message.to.peer, 'chat');
  if (signal.aborted) throw new SendError({ kind: 'later', reason: 'stopped before it was sent' });
  const api = await deps.api();
  if (message.edits !== undefined) return edit(deps, api, message, signal);
  const look = { ...placement(message.to), ...quote(message), ...buttons(message) };
  const place = { chat, look, signal };
  const { media } = message;
  const sending = media ? sendFile(api, { ...message, media }, place) : say(api, message, place);
  const sent = await sending.catch((thrown: unknown) => fail(deps, thrown));
  return String(sent.message_id);
}

async function say(api: Api, message: SendRequest, { chat, look, signal }: Place) {
  const { text, ...marks } = await wordsOf(message);
  return api.sendMessage(chat, text, { ...plain, ...look, ...marks }, forGrammy(signal));
}

async function edit(
  deps: SendDeps,
  api: Api,
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  const id = numeric(message.edits ?? '', 'message');
  const chat = numeric(message.to.peer, 'chat');
  try {
    const { text, ...marks } = await wordsOf(message);
    const look = { ...plain, ...marks, reply_markup: keyboard(message.buttons) };
    await api.editMessageText(chat, id, text, look, forGrammy(signal));
  } catch (thrown) {
    const trouble = troubleOf(thrown, deps.token);
    // It already reads as it should.
    if (!trouble.words.includes('message is not modified')) return fail(deps, thrown);
  }
  return String(id);
}

const plain = { link_preview_options: { is_disabled: true } };

/** Where in the chat: the topic, if it has one. */
export const placement = ({ thread }: Address) =>
  thread === undefined ? {} : { message_thread_id: numeric(thread, 'topic') };

function quote({ quotes }: SendRequest) {
  if (quotes === undefined) return {};
  const id = numeric(quotes, 'message');
  return { reply_parameters: { message_id: id, allow_sending_without_reply: true } };
}

const buttons = (message: SendRequest) =>
  message.buttons.length === 0 ? {} : { reply_markup: keyboard(message.buttons) };

const keyboard = (rows: readonly (readonly Button[])[]): InlineKeyboardMarkup => ({
  inline_keyboard: rows.map((row) =>
    row.map(({ label, data }) => ({ text: label, callback_data: data })),
  ),
});

const NUMBER = /^-?\d{1,16}$/;

/** A user name in place of an id could belong to somebody else tomorrow: throws SendError `refused`. */
export function numeric(id: string, what: string): number {
  if (NUMBER.test(id)) return Number(id);
  throw new SendError({ kind: 'refused', reason: `${id} is not the id of a Telegram ${what}` });
}

function fail(deps: SendDeps, thrown: unknown): never {
  if (thrown instanceof SendError) throw thrown;
  throw new SendError(sendFailureOf(troubleOf(thrown, deps.token)));
}
