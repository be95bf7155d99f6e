import { readFileSync } from 'node:fs';

/** One attempt of a table. */
export interface Row {
  readonly kind: string;
  /** `R01`, as the note begins; its place in the table where it has none. */
  readonly id: string;
  readonly command: string;
  readonly expected: string;
  readonly note: string;
}

/** Reads a table of tab-separated lines: class, command, expected, note. Rows of one id get a number. */
export function readRows(path: string): readonly Row[] {
  const [, ...lines] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const seen = new Map<string, number>();
  return lines.map((line, at) => {
    const [kind = '', command = '', expected = '', note = ''] = line.split('\t');
    const name = /^\[(\w+)\]/.exec(note)?.[1] ?? `${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const id = /^[A-Z]$/.test(name) ? `${name}${times}` : name;
    return { kind, id, command, expected, note: note.split(' | ')[0] ?? '' };
  });
}

/** A command of a table as a shell takes it: here-documents were written on one line. */
export const scriptOf = ({ command }: Row): string =>
  command.includes('<<') ? command.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : command;
