import { lstatSync, readFileSync } from 'node:fs';
import { type FoundFile, filesBelow, type Place } from './place.ts';

interface Match {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const MOST = 100;
const LARGEST = 1_000_000;
const LINE_LENGTH = 200;

/** Lines that hold a text, upper and lower case alike, in files that are text. */
export function search(place: Place, wanted: string) {
  const found: Match[] = [];
  const needle = wanted.toLowerCase();
  for (const file of filesBelow(place)) {
    if (found.length > MOST) break;
    found.push(...matchesIn(file, needle));
  }
  const more = found.length > MOST;
  const shown = found.slice(0, MOST);
  const lines = shown.map(({ path, line, text }) => `${path}:${line}: ${text}`);
  if (more) lines.push('… and more');
  const text = lines.length === 0 ? `"${wanted}" is in no file here.` : lines.join('\n');
  return { text, found: shown.map((match) => ({ ...match })), more };
}

function matchesIn({ path, full }: FoundFile, needle: string): Match[] {
  if (lstatSync(full).size > LARGEST) return [];
  const content = readFileSync(full, 'utf8');
  if (content.includes('\0')) return [];
  return content.split('\n').flatMap((text, index) => {
    if (!text.toLowerCase().includes(needle)) return [];
    return [{ path, line: index + 1, text: text.trim().slice(0, LINE_LENGTH) }];
  });
}
