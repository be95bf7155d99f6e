import { createUsers } from '../../assembly/users.ts';
import { lookAtNotes, seesNotes } from '../../assembly/whose.ts';
import { loadConfig } from '../../config/load.ts';
import { usersIn } from '../../config/users-schema.ts';
import type { NotePlace } from '../../domain/memory.ts';
import type { Cli } from '../cli.ts';

/** Whose notes the owner looks at: those of a user only by their name. */
export interface NotesOf {
  readonly user?: string | undefined;
  readonly person?: string | undefined;
}

/** Which notes that means, by the users of the settings. */
export async function seenBy(
  { paths, env }: Cli,
  wish: NotesOf,
): Promise<(note: NotePlace & { readonly chat?: string }) => boolean> {
  const users = createUsers({ users: usersIn((await loadConfig(paths, env)).users), waiting: [] });
  return (note) => seesNotes(users, lookAtNotes({}, wish), note);
}
