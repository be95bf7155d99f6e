import { join } from 'node:path';
import type { Env } from './env.ts';

/** What the owner's own shell has. */
export interface OwnTools {
  /** Folders of programs, in the order of PATH. */
  readonly path: readonly string[];
  /** Settings files of git; what the last one says counts. Any of them may be missing. */
  readonly gitFiles: readonly string[];
}

/** What the owner's shell had that started this process. */
export const ownToolsOf = ({ home, folders, path }: Env): OwnTools => ({
  path,
  gitFiles: [
    join(folders.xdgConfig ?? join(home, '.config'), 'git', 'config'),
    join(home, '.gitconfig'),
  ],
});
