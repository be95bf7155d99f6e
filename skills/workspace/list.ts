import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, type Place } from './place.ts';
import { sizeText } from './size-text.ts';

const MOST = 500;

/** What is in one folder, one line an entry. */
export function list({ folder }: Place) {
  const entries = entriesOf(folder);
  const found = entries.slice(0, MOST).map((entry) => {
    const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other';
    return { name: entry.name, kind, bytes: lstatSync(join(folder, entry.name)).size };
  });
  const lines = found.map(({ name, kind, bytes }) =>
    kind === 'folder' ? `${name}/` : `${name}  ${sizeText(bytes)}`,
  );
  const more = entries.length > MOST;
  const text = lines.length === 0 ? 'The folder is empty.' : lines.join('\n');
  return { text: more ? `${text}\n… and ${entries.length - MOST} more` : text, found, more };
}
