import { lookAtNotes, seesNotes } from '../../assembly/whose.ts';
import type { NotePlace } from '../../domain/memory.ts';
import type { Cli } from '../cli.ts';
import { settingsUsers } from '../users/known.ts';

/** Whose notes the owner looks at: those of a user only by their name. */
export interface NotesOf {
  readonly user?: string | undefined;
  readonly person?: string | undefined;
}

/** Which notes that means, by the users of the settings. */
export async function seenBy(
  cli: Cli,
  wish: NotesOf,
): Promise<(note: NotePlace & { readonly chat?: string }) => boolean> {
  const users = await settingsUsers(cli);
  return (note) => seesNotes(users, lookAtNotes({}, wish), note);
}
