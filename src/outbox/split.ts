const FENCE = '```';
/** Smaller pieces than this have no room for closing and reopening a code block. */
const LEAST_FENCED = 16;

/**
 * Cuts a text into pieces of at most `most` UTF-16 units: at a paragraph where one ends in the second
 * half, else at a line, else at a word, else between two characters (never inside a surrogate pair,
 * unless `most` is 1). A code block that is cut is closed in one piece and opened again in the next.
 * White space at a cut is dropped, and so are pieces of nothing else. Never returns nothing.
 */
export function splitText(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const [piece, left] = cut(rest, Math.max(1, most));
    pieces.push(piece);
    rest = left;
  }
  const told = [...pieces, rest].filter((piece) => piece.trim() !== '');
  return told.length > 0 ? told : [text.slice(0, most)];
}

function cut(text: string, most: number): readonly [string, string] {
  const fenced = most >= LEAST_FENCED;
  const at = breakAt(text, fenced ? most - FENCE.length - 1 : most);
  const piece = text.slice(0, at).trimEnd();
  const rest = text.slice(at).replace(/^(?:\n+| )/, '');
  const open = fenced && piece.split(FENCE).length % 2 === 0;
  return open ? [`${piece}\n${FENCE}`, `${FENCE}\n${rest}`] : [piece, rest];
}

function breakAt(text: string, room: number): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, room);
    if (at > room / 2) return at;
  }
  const last = text.charCodeAt(room - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return splitsPair && room > 1 ? room - 1 : room;
}
