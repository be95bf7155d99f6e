/** What can begin or end a mark of Discord's Markdown, a mention, a picture or a time anywhere in a line. */
const INLINE = /[\\*_~`|<>@:#[\]()]/g;
/** What makes a list where a line begins with it. */
const LIST = /^(\s*)([-+]|\d+\.)(?=\s)/gm;
/** Up to the first character that cannot be in an address between pointed brackets. */
const ADDRESS = /https?:\/\/[^\s<>]*[^\s<>.,;:!?'"()[\]{}*_~`|\\]/g;

/**
 * A text for Discord to show exactly as it is written, at most twice as long and two characters for each
 * address more: no mark, mention or list in it does anything. Addresses can be tapped and show no preview.
 */
export function escaped(text: string): string {
  let from = 0;
  let told = '';
  for (const match of text.matchAll(ADDRESS)) {
    told += literal(text.slice(from, match.index));
    told += `<${match[0]}>`;
    from = match.index + match[0].length;
  }
  return told + literal(text.slice(from));
}

const literal = (text: string): string =>
  text
    .replace(INLINE, '\\$&')
    .replace(LIST, (_, blank: string, mark: string) => `${blank}${mark.replace(/[-+.]/, '\\$&')}`);
