import { sha256 } from '../base/digest.ts';
import type { Address } from './address.ts';
import type { Labels } from './label.ts';

/** Whose notes: what one agent keeps of one person. */
export interface NotePlace {
  readonly agent: string;
  /** `OWNER`, or what `personKey` makes of somebody else's chat. */
  readonly person: string;
}

/** One thing that an agent remembers, as its file says it. */
export interface Note {
  /** The name of its file, without `.md`. */
  readonly name: string;
  readonly text: string;
  /** Milliseconds since 1970: when it was kept, or changed by hand where nothing says when. */
  readonly at: number;
  readonly labels: Labels;
  /** Key of the session that it was kept in; absent where somebody wrote the file by hand. */
  readonly chat?: string;
  /** In words, what brought strangers' words or a secret in, and which skill asked. */
  readonly from?: string;
}

/** A note, and where it is. */
export interface PlacedNote extends NotePlace, Note {
  /** Absolute path of its file. */
  readonly path: string;
}

/** All owners are one: what one of them told an agent, it knows wherever an owner reads alone. */
export const OWNER = 'owner';

/** Of what an agent keeps at a time, in characters. The owner's own files may be longer. */
export const MOST_NOTE = 4000;

/** How long what was forgotten can be brought back. */
export const FORGOTTEN_DAYS = 30;

/**
 * The name of somebody else's notes, and of the folder that they lie in: theirs alone, and made of what
 * never changes. Whoever is called the same later is not the same.
 */
export function personKey({ channel, account, peer }: Omit<Address, 'thread'>): string {
  const readable = `${channel}-${peer}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${readable.slice(0, 40)}-${sha256(JSON.stringify([channel, account, peer])).slice(0, 12)}`;
}

/** True for what may be the name of a note: one visible file of a folder, and nothing that leads elsewhere. */
export const isNoteName = (name: string): boolean =>
  name !== '' &&
  Buffer.byteLength(name) <= MOST_NAME_BYTES &&
  !name.startsWith('.') &&
  !/[/\\\p{C}]/u.test(name);

/** Leaves room for an ending in the 255 bytes that a file's name may have. */
const MOST_NAME_BYTES = 200;

/** A name for a text by its first words: `i-am-vegetarian`. */
export function nameFor(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  const name = words.slice(0, NAME_WORDS).join('-');
  return Array.from(name).slice(0, NAME_LETTERS).join('').replace(/-$/, '') || 'note';
}

const NAME_WORDS = 6;
const NAME_LETTERS = 48;
