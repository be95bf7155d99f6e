import { sha256 } from '../../base/digest.ts';
import type { SendRequest } from '../../domain/channel.ts';
import type { Button } from '../../domain/message.ts';
import { codeIn } from '../../governance/approvals/callback.ts';
import type { Vote } from './frames.ts';
import { isGroupJid } from './jids.ts';
import { idFor } from './message-name.ts';

/** A question with answers to tap, of which one counts. */
export interface Poll {
  readonly id: string;
  readonly name: string;
  readonly options: readonly string[];
}

/** Polls that say the same as the numbers in a card, and which of them still count. */
export interface Polls {
  /** Notes what a card offers from now on. The poll to send for it; undefined where there is none to send. */
  offer(card: string, message: SendRequest): Poll | undefined;
  /** False once its card offers something else, or nothing any more. */
  stands(poll: string): boolean;
  /** What the button carries that a vote means; undefined where it means none. */
  voted(peer: string, vote: Vote): string | undefined;
}

interface Offered {
  readonly poll: string;
  readonly card: string;
  readonly peer: string;
  readonly buttons: readonly Button[];
}

/** What phones take as answers of a poll: so many, and so long. */
const FEWEST = 2;
const MOST = 12;
const MOST_LABEL = 100;
const MOST_NAME = 255;
/** More than ever wait for an answer at once, as for the numbers. */
const REMEMBERED = 100;

/** A poll stands for the very buttons that it was made from: a card that changes them voids it. */
export function createPolls(): Polls {
  let offers: readonly Offered[] = [];
  return {
    offer(card, message) {
      const buttons = message.buttons.flat();
      const known = offers.find((offer) => offer.card === card);
      if (known !== undefined && isSame(known.buttons, buttons)) return undefined;
      offers = offers.filter((offer) => offer !== known);
      if (!isAskable(message.to.peer, buttons)) return undefined;
      const poll = idFor(`${message.id}/poll`);
      offers = [...offers, { poll, card, peer: message.to.peer, buttons }].slice(-REMEMBERED);
      return { id: poll, name: nameFor(message), options: buttons.map(({ label }) => label) };
    },
    stands: (poll) => offers.some((offer) => offer.poll === poll),
    voted(peer, { of, options: [option, ...more] }) {
      // Whoever takes a vote back names nothing, and one answer is all that the poll lets anybody give.
      if (option === undefined || more.length > 0) return undefined;
      const offer = offers.find((one) => one.poll === of && one.peer === peer);
      return offer?.buttons.find(({ label }) => sha256(label) === option)?.data;
    },
  };
}

/** In a group no button of a card counts, and an answer is known by its words alone. */
function isAskable(peer: string, buttons: readonly Button[]): boolean {
  if (isGroupJid(peer) || buttons.length < FEWEST || buttons.length > MOST) return false;
  const labels = new Set(buttons.map(({ label }) => label));
  return labels.size === buttons.length && [...labels].every(({ length }) => length <= MOST_LABEL);
}

const isSame = (some: readonly Button[], others: readonly Button[]): boolean =>
  some.length === others.length &&
  some.every(({ label, data }, at) => label === others[at]?.label && data === others[at]?.data);

/** The card’s own first line, which names its code; never a line that somebody else may have written. */
function nameFor({ text, buttons }: SendRequest): string {
  const code = codeIn(buttons.flat()[0]?.data ?? '');
  if (code === undefined) return 'Your answer to the message above';
  const [first = ''] = text.split('\n', 1);
  return first.startsWith(`APPROVAL ${code} `) && first.length <= MOST_NAME
    ? first
    : `Your answer to ${code}`;
}
