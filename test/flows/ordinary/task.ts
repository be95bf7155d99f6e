/** Something people ask for every day, and how to tell that it was done. */
export interface Task {
  /** As a user would say it. */
  readonly name: string;
  /** The folder it happens in: empty but for these files, or a repository with a history and a remote. */
  readonly start: 'files' | 'repository';
  /** Files that are there besides, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What is typed after `run`, one after the other. */
  readonly lines: readonly string[];
  /** Exit code of the last line; 0 unless told. */
  readonly exit?: number;
  /** What the last line printed. */
  readonly says?: RegExp;
  /** What is in these files after; `null` where there must be none. */
  readonly leaves?: Readonly<Record<string, string | RegExp | null>>;
  /** A script that must end with 0 in the folder after; run outside the jail by the test. */
  readonly holds?: string;
}
