import { type NoteSigner, parseNote, signNote } from '../base/signed-note.ts';

/** The head of a record's Merkle tree, as c2sp.org/tlog-checkpoint writes it. */
export interface TreeHead {
  /** Which record this is about; also the name of the keys that sign it. */
  readonly origin: string;
  /** How many entries it covers. */
  readonly size: number;
  /** 64 hex digits. */
  readonly root: string;
}

/** A signed tree head, with the whole text of its note. Nothing in it is checked by itself. */
export interface Checkpoint extends TreeHead {
  readonly note: string;
}

/** What is signed: origin, size and root, a line each. */
const headText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;

/** Signs a tree head with one or several keys. */
export const signCheckpoint = (head: TreeHead, signers: readonly NoteSigner[]): Checkpoint => ({
  ...head,
  note: signNote(headText(head), signers),
});

/** Reads the text of a note as a checkpoint, or undefined where it is none. */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const lines = parseNote(note)?.text.split('\n') ?? [];
  const [origin = '', digits = '', base64 = '', ...rest] = lines;
  const size = /^(0|[1-9]\d{0,14})$/.test(digits) ? Number(digits) : undefined;
  const root = Buffer.from(base64, 'base64');
  // Lines of others may follow; each is signed, and none is empty but the end of the last.
  const ends = rest.pop() === '' && !rest.includes('');
  if (size === undefined || origin === '' || !ends) return undefined;
  if (root.length !== 32 || root.toString('base64') !== base64) return undefined;
  return { origin, size, root: root.toString('hex'), note };
}

/**
 * Every checkpoint in a text: a file of notes, one JSON line each or as they are, or a message of a
 * chat that holds one among other words.
 */
export function checkpointsIn(text: string): readonly Checkpoint[] {
  const lines = text.split('\n').flatMap((line) => noteInJson(line) ?? []);
  const plain = [...text.replaceAll('\r', '').matchAll(NOTE)].map(([note]) =>
    note.endsWith('\n') ? note : `${note}\n`,
  );
  return [...lines, ...plain].flatMap((note) => parseCheckpoint(note) ?? []);
}

const NOTE = /^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n(?:— \S+ [A-Za-z0-9+/]+=*(?:\n|$))+/gmu;

function noteInJson(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { checkpoint } = JSON.parse(line) as { readonly checkpoint?: unknown };
    return typeof checkpoint === 'string' ? checkpoint : undefined;
  } catch (error) {
    // A line that a power cut left half written.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
