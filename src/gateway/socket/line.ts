import type { CloseKind } from '../../protocol/close-codes.ts';

/** The way to one client, whatever carries it: frames of text out, and its end. */
export interface Line {
  send(frame: string): void;
  /** Bytes that were sent and that the client has not taken. */
  buffered(): number;
  isOpen(): boolean;
  /** Ends it; what was sent before arrives, unless the client is too slow for it. */
  close(kind: CloseKind, reason: string): void;
}

/** More than this at once, and the client is let go: it may ask for less of it at a time. */
export const MOST_BUFFERED = 8 * 1024 * 1024;
