/** How large a folder may be. Beyond it nothing in it can be taken back. */
export interface Caps {
  readonly entries: number;
  readonly bytes: number;
}

/** What one snapshot may hold. */
export const SNAPSHOT_CAPS: Caps = { entries: 50_000, bytes: 1024 ** 3 };

/**
 * What is looked at when a run is taken back: a run that filled its folder must not be safe from undo
 * for that. Nothing of it is copied, so its bytes do not count.
 */
export const LOOK_CAPS: Caps = { entries: 500_000, bytes: Number.POSITIVE_INFINITY };

/** What other programs make again; each such folder is a part of a snapshot up to this size. */
export const MADE_AGAIN_CAPS: Caps = { entries: 5_000, bytes: 100 * 1024 ** 2 };

/** Folders whose content is made again by a command, wherever they lie. */
export const MADE_AGAIN: ReadonlySet<string> = new Set([
  ...['node_modules', '.venv', 'target', 'dist', 'build', '.next', '__pycache__'],
]);

/** Folders in folders; a descriptor is held for each. */
export const MOST_DEPTH = 200;

/** Content read after a run, only to know it again: beyond it, times alone must do. */
export const MOST_READ_AFTER = 512 * 1024 ** 2;

/** What all snapshots together may take on the disk. */
export const STORE_BYTES = 2 * 1024 ** 3;
