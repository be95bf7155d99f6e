import { existsSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import type { KeptMedia } from '../../domain/kept-media.ts';
import type { Store } from '../../domain/store.ts';
import { mediaIn } from '../../store/tables/media.ts';
import type { KeptFiles } from './kept-files.ts';

export interface KeptDeps {
  readonly store: Store;
  readonly kept: Pick<KeptFiles, 'pathOf'>;
}

/**
 * A file that came in a session, and where its bytes lie; the newest one where none is named. Throws
 * AtomError `not-found` where there is none, or it is not kept any more.
 */
export async function findKept(
  { store, kept }: KeptDeps,
  session: string,
  file: string | undefined,
): Promise<{ readonly media: KeptMedia; readonly from: string }> {
  const media = await mediaIn(store, session, file);
  const from = media && kept.pathOf(media.digest);
  if (media && from && existsSync(from)) return { media, from };
  const what = file === undefined ? 'No file came' : 'There is no such file';
  throw new AtomError('not-found', `${what} in this conversation, or it was kept too long ago.`);
}
