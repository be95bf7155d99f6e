import stringWidth from 'string-width';

/**
 * A sentence in lines of at most `width` columns, broken at spaces. A word that is longer stays whole, so
 * that a path can be copied; without a width there is one line.
 */
export function wrapped(text: string, width: number | undefined): readonly string[] {
  if (width === undefined) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
