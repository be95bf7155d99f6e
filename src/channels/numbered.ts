import type { SendRequest } from '../domain/channel.ts';
import type { Button } from '../domain/message.ts';
import { codeIn } from '../governance/approvals/callback.ts';

/** Buttons as numbers to reply with, where a channel has none that every phone shows. */
export interface Numbered {
  /** See `numberedText`. */
  textOf(message: SendRequest): string;
  /** Notes what a message offers; a message without buttons offers nothing any more. */
  remember(id: string, message: SendRequest): void;
  /** What the button carries that a reply means; undefined where it is for nobody or somebody else. */
  pressed(peer: string, reply: Reply): string | undefined;
}

/** What somebody answered, and the message that they answered by quoting it. */
export interface Reply {
  readonly text: string;
  readonly quotes?: { readonly id: string } | undefined;
}

interface Offered {
  readonly id: string;
  readonly peer: string;
  readonly buttons: readonly Button[];
}

/** More than ever wait for an answer at once. Buttons of an earlier gateway are void anyway. */
const REMEMBERED = 100;

/**
 * A number counts only with the code of its card, or run, behind it, or in reply to the very message: a bare “1”
 * may answer something else.
 */
export function createNumbered(): Numbered {
  let offers: readonly Offered[] = [];
  return {
    textOf: numberedText,
    remember(id, { to, buttons }) {
      const rest = offers.filter((offer) => offer.id !== id);
      const flat = buttons.flat();
      offers =
        flat.length === 0
          ? rest
          : [...rest, { id, peer: to.peer, buttons: flat }].slice(-REMEMBERED);
    },
    pressed(peer, { text, quotes }) {
      const [, number, code] = /^\s*([1-9])(?:\s+([a-z2-9]{4}|[a-z2-9]{6}))?\s*$/i.exec(text) ?? [];
      if (number === undefined) return undefined;
      const named = code?.toLowerCase();
      const offer = offers.findLast(
        (one) =>
          one.peer === peer &&
          (named === undefined ? one.id === quotes?.id : codeOf(one.buttons) === named),
      );
      return offer?.buttons[Number(number) - 1]?.data;
    },
  };
}

/** The text with its buttons as a numbered list below it. */
export function numberedText({ text, buttons }: Pick<SendRequest, 'text' | 'buttons'>): string {
  const flat = buttons.flat();
  if (flat.length === 0) return text;
  const list = flat.map(({ label }, at) => `${at + 1}  ${label}`);
  return [text, '', ...list, howTo(flat)].join('\n');
}

function howTo(buttons: readonly Button[]): string {
  const code = codeOf(buttons);
  return code === undefined
    ? 'Reply to this message with a number.'
    : `Reply with a number and ${code}, such as: 1 ${code}`;
}

const codeOf = ([first]: readonly Button[]): string | undefined => codeIn(first?.data ?? '');
