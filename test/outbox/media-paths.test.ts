import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMedia } from '../../src/outbox/media.ts';

test('a path that only looks as if it lay below the folder of pictures removes nothing', async () => {
  const state = mkdtempSync(join(tmpdir(), 'atom-media-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const root = join(state, 'pictures');
  mkdirSync(root);
  await createMedia(root).discard({ kind: 'image', path: `${root}/../code.png` });
  expect(existsSync(root)).toBe(true);
});
