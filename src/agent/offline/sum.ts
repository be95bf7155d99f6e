/** Numbers with something between them: what else “what is …” asks for is not a sum. */
export const isSum = (words: string): boolean => isExpression(inSigns(words));

const isExpression = (sum: string): boolean =>
  /\d/.test(sum) &&
  /[-+*/^%×÷−(]|\bof\b/.test(sum) &&
  /^([\d\s.,()+*/^%×÷·−:=-]|of|pi|sqrt|abs|round|floor|ceil|min|max|ln|log|exp|sin|cos|tan|e)+$/i.test(
    sum,
  ) &&
  !/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/.test(sum);

const SIGNS = [
  [/\bplus\b/gi, '+'],
  [/\bminus\b/gi, '-'],
  [/\btimes\b/gi, '*'],
  [/\bdivided by\b/gi, '/'],
  [/\bper ?cent\b/gi, '%'],
] as const;

/** `12 times 7` as it is written: `12 * 7`. */
export const inSigns = (words: string): string =>
  SIGNS.reduce((text, [word, sign]) => text.replace(word, sign), words);
