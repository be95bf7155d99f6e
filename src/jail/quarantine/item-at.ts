import { below } from './byte-path.ts';
import { type Eyes, stampOf } from './eyes.ts';
import type { Item } from './item.ts';

/** What lies at a path, as something to move out, known by all that is in it; none where nothing is. */
export function itemAt(eyes: Eyes, path: string): readonly Item[] {
  const marks = marksBelow(eyes, path);
  return marks.length === 0 ? [] : [{ path, fate: 'move', marks }];
}

function marksBelow(eyes: Eyes, path: string): readonly string[] {
  const stats = eyes.stat(path);
  if (!stats) return [];
  if (!stats.isDirectory()) return [stampOf(stats)];
  // A folder's change time tells that something went as well; what came has a mark of its own.
  const inside = eyes.list(path).flatMap(({ name }) => marksBelow(eyes, below(path, name)));
  return [folderMark(stats.ino), ...inside];
}

/** What a folder itself is known by, whatever is in it. */
export const folderMark = (ino: number): string => `folder ${ino}`;
