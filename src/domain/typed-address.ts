import { AtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';

/**
 * The address of a page as people type it: `example.org/page` is meant with `https://` before it. Throws
 * AtomError `usage` for what is no address.
 */
export function typedAddress(text: string): string {
  if (/^https?:\/\/\S+$/i.test(text)) return text;
  // A name with a dot, and no ending of a file.
  const isHost =
    /^[\p{L}\p{N}-]+([.][\p{L}\p{N}-]+)*[.]\p{L}[\p{L}\p{N}-]+(:\d+)?([/?]\S*)?$/u.test(text);
  if (isHost && !/^[^/?]+[.](txt|md|json|csv|html?|pdf|ts|js|py|sh|log|ya?ml)$/i.test(text))
    return `https://${text}`;
  throw new AtomError('usage', `${visible(text)} is no address of a page.`, {
    next: ['Addresses look like https://example.org/page.'],
  });
}
