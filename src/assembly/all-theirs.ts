import type { Config } from '../config/schema.ts';
import { isDirect, type Session, type TranscriptEntry } from '../domain/session.ts';
import type { Records } from './record.ts';
import { userOfSession } from './whose.ts';

/**
 * True for a user's own chat whose conversation holds nothing private but what jails of theirs gave. The profile's
 * workspace is the owner's, whoever else may work there; and of notes, skills, summaries and errors nobody can tell.
 */
export async function isAllTheirs(
  { store: sql, users, conversations }: Pick<Records, 'store' | 'users' | 'conversations'>,
  session: Session,
  { workspace }: Pick<Config, 'workspace'>,
): Promise<boolean> {
  const name = isDirect(session) ? await userOfSession({ users, sql }, session) : undefined;
  const jails = name === undefined ? undefined : users.named(name)?.jails;
  if (jails === undefined) return false;
  const own = new Set(jails.filter((jail) => jail !== workspace));
  return (await conversations.read(session.id)).every((entry) => isFrom(own, entry));
}

/** What an agent says comes from all else that is there, which is looked at itself. */
const isFrom = (jails: ReadonlySet<string>, { item, labels }: TranscriptEntry): boolean =>
  labels.confidentiality === 'public' ||
  item.role === 'assistant' ||
  (item.role === 'tool' && item.jail !== undefined && jails.has(item.jail));

/**
 * True where a text is, to the letter, what the turn of an event came to, and that is labelled as having nothing
 * private in it. Each turn labels what it says itself: by all that whoever said it was shown, or as atom's own
 * fixed words. The same words by a model, a skill or anybody else carry what those have seen.
 */
export async function isPublic(
  { conversations }: Pick<Records, 'conversations'>,
  session: Session,
  { event, text }: { readonly event: string; readonly text: string },
): Promise<boolean> {
  const last = (await conversations.read(session.id)).findLast(
    (entry) => entry.event === event && entry.item.role !== 'user',
  );
  return last !== undefined && isSaid(last, text) && last.labels.confidentiality === 'public';
}

const isSaid = ({ item }: TranscriptEntry, text: string): boolean =>
  (item.role === 'note' || (item.role === 'assistant' && item.final)) && item.text === text;
