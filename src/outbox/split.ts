import { closes, type Fence, openFence } from './fence.ts';

/**
 * Cuts a text into pieces of at most `most` UTF-16 units: at a paragraph where one ends in the second
 * half, else at a line, else at a word, else between two characters (never inside a surrogate pair,
 * unless `most` is 1). A code block that fits in one piece is never cut; one that does not is closed in one
 * piece and opened again in the next. White space at a cut is dropped, and so are pieces of nothing else.
 * Never returns nothing.
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

type Cut = readonly [piece: string, rest: string];

function cut(text: string, most: number): Cut {
  const plain = cutAt(text, breakAt(text, most));
  const fence = openFence(plain[0]);
  // Without room to close it and open it again, a code block is text like any other.
  if (!fence || fence.opening.length + fence.closing.length + 2 > most / 2) return plain;
  const [piece, rest] = cutAt(text, breakAt(text, most - fence.closing.length - 1));
  // With a little less room the cut may lie before the block.
  const isBefore = openFence(piece)?.at !== fence.at;
  if (fence.at > 0 && (isBefore || fits(text, fence, most))) return cutAt(text, fence.at);
  return [`${piece}\n${fence.closing}`, `${fence.opening}\n${rest}`];
}

const cutAt = (text: string, at: number): Cut => [
  text.slice(0, at).trimEnd(),
  text.slice(at).replace(/^(?:\n+| )/, ''),
];

/** Whether a block ends within `most` units of where it begins. */
function fits(text: string, fence: Fence, most: number): boolean {
  const lines = text.slice(fence.at, fence.at + most + 1).split('\n');
  let length = 0;
  for (const [at, line] of lines.entries()) {
    length += line.length + 1;
    if (at > 0 && closes(fence, line)) return length - 1 <= most;
  }
  return false;
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
