import { sha256 } from '../base/digest.ts';

/**
 * A text between two marks, for models. Nobody can write down the digest of a text in that text, so nothing in
 * it can pass for its end; and it is the same each time, so a question that is asked again is the same question.
 */
export function fenced(name: string, text: string): string {
  let mark = sha256(text).slice(0, LENGTH);
  // By chance, once in more texts than there are.
  while (text.includes(mark)) mark = sha256(`${mark}${text}`).slice(0, LENGTH);
  return `<<<${name} ${mark}\n${text}\n${name} ${mark}>>>`;
}

const LENGTH = 16;
