import { type Redact, redact } from './redact.ts';

interface CutWish {
  /** How long it was where it was cut before. */
  readonly whole?: number;
  /** Takes secrets out; gentler where code is read. */
  readonly safe?: Redact;
}

/**
 * A text as its beginning and its end, with how much was left out between them, in about `most` characters.
 * What is cut is without what looks like a secret: of one that is cut in two, nothing knows the halves.
 */
export function cutMiddle(
  text: string,
  most: number,
  { whole = text.length, safe = redact }: CutWish = {},
): string {
  if (text.length <= most) return text;
  const told = safe(text);
  if (told.length <= most) return told;
  const half = Math.floor(most / 2);
  const [begin, end] = [told.slice(0, half), told.slice(told.length - half)];
  const gone = whole - (text.length - told.length) - 2 * half;
  return `${begin}\n… ${gone} characters left out …\n${end}`.toWellFormed();
}
