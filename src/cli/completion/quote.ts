/** A word as shells of Unix read it literally: `'it'\''s'`. */
export const posix = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same for fish, in which a backslash counts within quotes. */
export const fish = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The same for PowerShell, in which a quote is doubled. */
export const powershell = (text: string): string => `'${text.replaceAll("'", "''")}'`;
