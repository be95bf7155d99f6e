import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../src/base/digest.ts';
import { applySteps } from '../../src/undo/apply.ts';
import { memoryChunks } from '../../src/undo/chunks.ts';
import type { Step } from '../../src/undo/compare.ts';
import type { Contents } from '../../src/undo/contents.ts';
import type { FileEntry } from '../../src/undo/entry.ts';

const marks = { mode: 0o644, mtime: 1e12, ctime: 1e12, ino: 1 };
const entry: FileEntry = { kind: 'file', ...marks, size: 6, sha: sha256('before') };

/** A folder in which links took the place of what was there when it was decided what to do. */
function makeTrap() {
  const root = mkdtempSync(join(tmpdir(), 'atom-trap-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [work, outside] = [join(root, 'work'), join(root, 'outside')];
  for (const folder of [work, outside]) mkdirSync(folder);
  writeFileSync(join(outside, 'a.txt'), 'CANARY');
  symlinkSync(outside, join(work, 'd'));
  symlinkSync(join(outside, 'a.txt'), join(work, 'a.txt'));
  const read: Contents['read'] = (_, take) => take(memoryChunks(Buffer.from('before')));
  const apply = (steps: readonly Step[], times: { path: string; mtime: number }[] = []) =>
    applySteps({ folder: work, contents: { read } as Contents }, { steps, times, kept: [] });
  return { work, outside, apply };
}

test('nothing is written, removed or made through a link on the way', async () => {
  const { outside, apply } = makeTrap();
  const failed = await apply(
    [
      { path: 'd/a.txt', before: undefined, now: entry },
      { path: 'd/new.txt', before: entry, now: undefined },
      { path: 'd/sub', before: { kind: 'folder', ...marks }, now: undefined },
    ],
    [{ path: 'd', mtime: 1 }],
  );
  expect(failed.map(({ path }) => path)).toEqual(['d/a.txt', 'd/new.txt', 'd/sub']);
  expect(readdirSync(outside)).toEqual(['a.txt']);
  expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe('CANARY');
});

test('a link in the place of a file is replaced, not followed', async () => {
  const { work, outside, apply } = makeTrap();
  expect(await apply([{ path: 'a.txt', before: entry, now: entry }])).toEqual([]);
  expect(readFileSync(join(work, 'a.txt'), 'utf8')).toBe('before');
  expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe('CANARY');
});

test('a content that is not what was kept is not put in place, and leaves nothing beside it', async () => {
  const { work, apply } = makeTrap();
  const other = { ...entry, sha: sha256('something else') };
  const [failed] = await apply([{ path: 'fresh.txt', before: other, now: undefined }]);
  expect(failed?.why).toContain('damaged');
  expect(existsSync(join(work, 'fresh.txt'))).toBe(false);
  expect(readdirSync(work).sort()).toEqual(['a.txt', 'd']);
});
