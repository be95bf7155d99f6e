/** What stands in for Discord. */
export interface DiscordPeer {
  readonly apiRoot: string;
  readonly token: string;
  /** Every message and edit that was taken, oldest first. */
  sent(): readonly SentByBot[];
  close(): Promise<void>;
}

export interface SentByBot {
  readonly channel: string;
  /** The id of the message that this edits. */
  readonly edits: string | undefined;
  readonly body: Body;
}

interface Body {
  readonly content?: string;
  readonly embeds?: readonly { readonly description?: string }[];
  readonly components?: readonly {
    readonly components: readonly { readonly custom_id: string }[];
  }[];
  readonly allowed_mentions?: unknown;
  readonly nonce?: string;
  readonly message_reference?: unknown;
}

/** What a phone shows of a text without marks: signs that were taken their meaning, addresses without brackets. */
export const seen = (content: string): string =>
  content.replace(/<(https?:\/\/[^\s>]+)>|\\([^0-9A-Za-z\s])/g, (_, url, sign) => url ?? sign);

/** What is to be read in a chat of one message after another, after every edit. */
export function shownAfterEdits(sent: readonly SentByBot[], ids: (place: number) => string) {
  const shown = new Map<string, { text: string; buttons: readonly string[] }>();
  let count = 0;
  for (const { edits, body } of sent) {
    const id = edits ?? ids(count++);
    const buttons = (body.components ?? []).flatMap(({ components }) =>
      components.map(({ custom_id }) => custom_id),
    );
    shown.set(id, { text: seen(body.embeds?.[0]?.description ?? body.content ?? ''), buttons });
  }
  return [...shown.values()];
}
