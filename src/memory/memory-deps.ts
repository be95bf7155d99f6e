import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Redact } from '../base/redact.ts';
import type { ActionRequest } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { type Labels, sourceText } from '../domain/label.ts';
import type { Note, NotePlace } from '../domain/memory.ts';
import type { Finder } from './find.ts';
import { type NoteFolder, openFolder } from './folder.ts';

/** What the actions of memory are made with. */
export interface MemoryDeps {
  /** The folder of all notes. */
  readonly root: string;
  readonly finder: Finder;
  readonly now: () => number;
  /**
   * Whose chat a session is. Throws AtomError `blocked` where it is nobody's alone: what a group hears is
   * kept for none of them.
   */
  readonly personOf: (
    session: string,
  ) => Promise<{ readonly person: string; readonly chat: string }>;
  /** In words, what brought strangers' words and secrets into the window of a request. */
  readonly sourcesOf: (request: ActionRequest) => Promise<readonly string[]>;
  /** Takes out what looks like a secret, and those that atom keeps. */
  readonly redaction: () => Promise<Redact>;
}

/** Whose notes are meant: an agent has those of the chat that it speaks in, the owner names any. */
export const placeShape = {
  session: z.string().max(300).optional(),
  agent: z.string().max(40).optional(),
  person: z.string().max(80).optional(),
} as const;

export const noteName = z.string().trim().min(1).max(200);

/** A place, its folder and the session that it was asked for in. */
export interface Meant {
  readonly place: NotePlace;
  readonly folder: NoteFolder;
  readonly chat?: string;
}

/** Throws AtomError `usage` or `blocked` where nobody's notes are meant, or another's. */
export async function meantBy(
  { root, personOf }: Pick<MemoryDeps, 'root' | 'personOf'>,
  wish: { session?: string | undefined; agent?: string | undefined; person?: string | undefined },
  agent: Agent | undefined,
): Promise<Meant> {
  if (agent !== undefined) {
    if (wish.session === undefined || wish.agent !== undefined || wish.person !== undefined)
      throw new AtomError('blocked', 'An agent has the notes of the chat that it speaks in.');
    const { person, chat } = await personOf(wish.session);
    const place = { agent: agent.id, person };
    return { place, folder: openFolder(root, place), chat };
  }
  if (wish.agent === undefined || wish.person === undefined)
    throw new AtomError('usage', 'Whose notes: {agent, person}.');
  const place = { agent: wish.agent, person: wish.person };
  return { place, folder: openFolder(root, place) };
}

/** What a decision was about, so that nothing else is done. */
export const meantFacts = ({ place, chat }: Meant): { readonly [key: string]: Json } => ({
  ...place,
  ...(chat === undefined ? {} : { chat }),
});

const factsShape = z.looseObject({
  agent: z.string(),
  person: z.string(),
  chat: z.string().optional(),
});

/** The same, of a decided request. */
export function meantIn({ root }: Pick<MemoryDeps, 'root'>, facts: Json): Meant {
  const { agent, person, chat } = factsShape.parse(facts);
  const place = { agent, person };
  return { place, folder: openFolder(root, place), ...(chat === undefined ? {} : { chat }) };
}

/** Throws AtomError `usage` that says what is wrong. */
export function parsed<T>(shape: z.ZodType<T>, resource: Json, what: string): T {
  return readAs(shape, resource, `That ${what}`);
}

export const noSuchNote = (name: string): AtomError =>
  new AtomError('not-found', `There is no note ${sourceText(name)}.`);

/** What a note is to those that are told what a conversation has seen. */
export const noteSource = ({ name, from }: Pick<Note, 'name' | 'from'>): string =>
  sourceText(`the note ${name}${from === undefined ? '' : ` (${from})`}`);

/** Labels as a value of JSON. */
export const labelsAsJson = ({ integrity, confidentiality }: Labels): Json => ({
  integrity,
  confidentiality,
});
