/** The words of a page: what a reader sees, a line for each paragraph. Runs in the jail, on a stranger's page. */
export function pageText(html: string, most: number): string {
  const seen = html
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/<(script|style|noscript|template|svg|head)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/?(p|div|br|h[1-6]|ul|ol|tr|table|section|article|pre|blockquote)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '');
  const lines = readEntities(seen)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '-');
  const text = lines.join('\n');
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

export const titleOf = (html: string): string =>
  readEntities(/<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? '').trim();

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const readEntities = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
  });
