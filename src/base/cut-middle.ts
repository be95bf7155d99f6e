/**
 * A text as its beginning and its end, with how much was left out between them, in about `most` characters.
 * `whole`: how long it was where it was cut before.
 */
export function cutMiddle(text: string, most: number, whole = text.length): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  const [begin, end] = [text.slice(0, half), text.slice(text.length - half)];
  return `${begin}\n… ${whole - 2 * half} characters left out …\n${end}`.toWellFormed();
}
