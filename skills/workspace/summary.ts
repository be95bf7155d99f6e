import { lstatSync } from 'node:fs';
import { extname } from 'node:path';
import { filesBelow, type Place } from './place.ts';
import { sizeText } from './size-text.ts';

const KINDS_SHOWN = 10;
const LARGEST_SHOWN = 5;

interface Counted {
  readonly path: string;
  readonly bytes: number;
}

/** How many files of which kind, how large, and the largest ones. */
export function summary(place: Place) {
  const files = Array.from(filesBelow(place), ({ path, full }) => ({
    path,
    bytes: lstatSync(full).size,
  }));
  if (files.length === 0) return { text: 'There are no files here.', found: [], more: false };
  const kinds = kindsOf(files);
  const largest = files.toSorted((a, b) => b.bytes - a.bytes).slice(0, LARGEST_SHOWN);
  const lines = [
    `${counted(files.length)}, ${sizeText(sum(files))}`,
    ...kinds
      .slice(0, KINDS_SHOWN)
      .map(({ kind, files: count, bytes }) => `  ${kind}: ${counted(count)}, ${sizeText(bytes)}`),
    'Largest:',
    ...largest.map(({ path, bytes }) => `  ${path}  ${sizeText(bytes)}`),
  ];
  return { text: lines.join('\n'), found: kinds, more: kinds.length > KINDS_SHOWN };
}

function kindsOf(files: readonly Counted[]) {
  const groups = Map.groupBy(files, ({ path }) => extname(path).toLowerCase() || '(no ending)');
  return Array.from(groups, ([kind, members]) => ({
    kind,
    files: members.length,
    bytes: sum(members),
  })).toSorted((a, b) => b.files - a.files || (a.kind < b.kind ? -1 : 1));
}

const sum = (files: readonly Counted[]): number =>
  files.reduce((total, { bytes }) => total + bytes, 0);

const counted = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
