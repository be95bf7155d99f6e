/** Something that was moved out of a jail. */
export interface Quarantined {
  /** Where it was, relative to the jail. Bytes that are no text are `�`. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** What one run left that other programs would run or trust, kept outside every jail. */
export interface QuarantineEntry {
  readonly id: string;
  /** Name of the jail, and its folder as it was. */
  readonly jail: string;
  readonly folder: string;
  /** `dev:ino` of the folder. */
  readonly folderId: string;
  readonly run?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** All of it, in bytes. */
  readonly bytes: number;
  readonly items: readonly Quarantined[];
}

/** How long an entry is kept. */
export const QUARANTINE_DAYS = 30;
