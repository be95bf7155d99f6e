/**
 * Words with marks on stretches of them, as every channel can show them in its own way: the entities of
 * Telegram, the styles of Signal, the signs of WhatsApp, Slack and Discord. Offsets count UTF-16 units of
 * `text`; `to` is the first that is not marked. Marks lie inside each other or apart, outer ones first.
 */
export interface RichText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export type Mark = { readonly from: number; readonly to: number } & MarkKind;

export type MarkKind =
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'code' | 'quote' | 'heading' }
  /** Code in lines of its own. */
  | { readonly kind: 'block'; readonly language?: string }
  /** Only `http`, `https` and `mailto`. */
  | { readonly kind: 'link'; readonly url: string };
