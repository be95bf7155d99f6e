import { readSync, writeSync } from 'node:fs';
import type { Ask } from '../frames.ts';

/** What the parent answers; `error` where it could not do it. */
export interface AskAnswer {
  readonly values?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly error?: string;
}

export type Asking = (ask: Ask) => AskAnswer;

const NEWLINE = 10;
const PIECE = 65_536;

/**
 * Asks the parent over a pipe and stands still until it has answered. Baileys tells of new credentials
 * without waiting for anybody, and acknowledges right afterwards: only so is what it must not forget on
 * disk before the next byte leaves. Throws where the parent is gone or could not do it.
 */
export function createAsking(fd: number): Asking {
  const piece = Buffer.alloc(PIECE);
  return (ask) => {
    writeAll(fd, Buffer.from(`${JSON.stringify(ask)}\n`));
    const answer = JSON.parse(readLine(fd, piece)) as AskAnswer;
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** One line: there is never more, because the parent speaks only when asked. */
function readLine(fd: number, piece: Buffer): string {
  const pieces: Buffer[] = [];
  for (;;) {
    const length = readSync(fd, piece);
    if (length === 0) throw new Error('the parent is gone');
    pieces.push(Buffer.from(piece.subarray(0, length)));
    if (piece[length - 1] === NEWLINE) return Buffer.concat(pieces).toString('utf8');
  }
}
