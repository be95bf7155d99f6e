import type { Atom } from '../../atom.ts';
import { feedMethods } from './feed.ts';
import { filesMethods } from './files.ts';
import { jobMethods } from './jobs.ts';
import { memoryMethods } from './memory.ts';
import { notifyMethods } from './notify.ts';
import { postMethods } from './post.ts';
import { quarantineMethods } from './quarantine.ts';
import { recordMethods } from './record.ts';
import { runMethods } from './runs.ts';
import { sessionMethods } from './sessions.ts';
import { undoMethods } from './undo.ts';

/** What looks after things that were kept: copies, runs, jobs, notes, files, queues, the record. */
export const keepingMethods = (atom: Atom) => ({
  ...undoMethods(atom),
  ...jobMethods(atom),
  ...memoryMethods(atom),
  ...feedMethods(atom),
  ...notifyMethods(atom),
  ...runMethods(atom),
  ...filesMethods(atom),
  ...quarantineMethods(atom),
  ...postMethods(atom),
  ...recordMethods(atom),
  ...sessionMethods(atom),
});
