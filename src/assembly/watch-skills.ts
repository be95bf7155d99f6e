import { existsSync, watch } from 'node:fs';

/** An editor writes a file in several steps. */
const QUIET_MS = 300;

/** Calls `changed` once folders have been quiet after a change. Returns how to stop. */
export function watchFolders(folders: readonly string[], changed: () => void): () => void {
  let waiting: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, QUIET_MS);
  };
  const watchers = folders
    .filter((folder) => existsSync(folder))
    .map((folder) => {
      const watcher = watch(folder, { recursive: true }, soon);
      // A folder that went away: what was in it is found gone at the next look.
      return watcher.on('error', soon);
    });
  return () => {
    clearTimeout(waiting);
    for (const watcher of watchers) watcher.close();
  };
}
