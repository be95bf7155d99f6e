/** A message that a bot sent, as the peer saw it. */
export interface SentMessage {
  readonly chat: string;
  readonly text: string;
  /** The callback data of its buttons, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** The id of the message that this edited. */
  readonly edits?: string;
}

export interface Writer {
  readonly id: number;
  /** The chat they write in; their own private one unless given. */
  readonly chat?: number;
}

/** Somebody else's imitation of Telegram, on loopback. */
export interface TelegramPeer {
  readonly apiRoot: string;
  readonly token: string;
  /** Sends a message to the bot. */
  inject(text: string, from?: Writer): Promise<void>;
  /** Every message and edit of the bot that was accepted, oldest first. */
  sentMessages(): Promise<readonly SentMessage[]>;
  close(): Promise<void>;
}

/** The person of the tests, where no other is named. */
export const dana: Writer = { id: 42 };

/** The body of `sendMessage` and `editMessageText`, as far as the tests look at it. */
export interface SendBody {
  readonly chat_id: number | string;
  readonly text: string;
  readonly message_id?: number;
  readonly reply_markup?: {
    readonly inline_keyboard: readonly (readonly { readonly callback_data: string }[])[];
  };
}

export const sentFrom = (body: SendBody): SentMessage => ({
  chat: String(body.chat_id),
  text: body.text,
  buttons: (body.reply_markup?.inline_keyboard ?? []).map((row) =>
    row.map((button) => button.callback_data),
  ),
  ...(body.message_id !== undefined && { edits: String(body.message_id) }),
});
