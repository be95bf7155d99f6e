import { AtomError } from '../base/errors.ts';
import type { InboundEvent } from '../domain/event.ts';

export type Admission =
  | { readonly kind: 'admit' }
  | { readonly kind: 'drop'; readonly reason: string };

/** Who may talk to atom, by channel: the platforms' fixed ids, never names. */
export type Allowlist = (channel: string) => ReadonlySet<string>;

/** Longer texts are refused whole: a part of a request is another request. */
export const MAX_TEXT = 65_536;

/**
 * Lets a known sender in and nobody else. Whoever reaches the terminal's socket is the owner: the
 * operating system has checked that already.
 */
export function admit(event: InboundEvent, allowed: Allowlist): Admission {
  // The gateway has proved who a device or program is.
  if (
    event.via ||
    event.from.channel === 'terminal' ||
    allowed(event.from.channel).has(event.sender.id)
  ) {
    return { kind: 'admit' };
  }
  return { kind: 'drop', reason: `Unauthorized request from user_id: ${event.sender.id}` };
}

/** Throws AtomError `usage` where a text is longer than anything a person says. */
export function checkLength(text: string): void {
  if (text.length <= MAX_TEXT) return;
  throw new AtomError(
    'usage',
    `The message has ${text.length.toLocaleString('en')} characters; at most ${MAX_TEXT.toLocaleString('en')} are taken.`,
    { next: ['Put it into a file in the jail and ask about that file.'] },
  );
}
