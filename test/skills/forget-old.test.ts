import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/base/digest.ts';
import { forgetOldCopies } from '../../src/skills/forget-old.ts';
import { readFolder } from '../../src/skills/text/folder.ts';
import { keptCopy } from '../../src/skills/text/kept-copy.ts';
import type { FoundFolder } from '../../src/skills/trust/judge.ts';
import { freshFolder } from '../store/fresh.ts';

/** Seconds since 1970. */
const NOW = 1_700_000_000;

it('forgets copies of skills and removed ones that nobody used for long, and nothing that is loaded', async () => {
  const root = freshFolder();
  const [cache, trash] = [join(root, 'cache'), join(root, 'trash')];
  const [used, folder] = ['u'.repeat(64), '/skills/hello'];
  const put = (path: string, days: number): string => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'x');
    utimesSync(path, NOW - days * 86_400, NOW - days * 86_400);
    return path;
  };
  const stay = [
    put(join(cache, `${used}.mjs`), 90),
    put(join(cache, `${sha256(folder)}.json`), 90),
    put(join(cache, 'new.mjs'), 1),
    put(join(cache, 'notes.txt'), 90),
    put(join(trash, 'other'), 90),
    put(join(trash, 'skill-2026', 'x'), 1),
  ];
  const old = join(trash, 'skill-2025');
  put(join(old, 'SKILL.md'), 90);
  utimesSync(old, NOW - 90 * 86_400, NOW - 90 * 86_400);
  const go = [
    ...[put(join(cache, 'old.mjs'), 90), put(join(cache, 'old.json'), 90)],
    ...[put(join(cache, 'x.part'), 90), put(join(cache, 'folders', 'd'), 90), old],
  ];
  const loaded = [{ skills: [{ module: join(cache, `${used}.mjs`), folder }] }];
  const before = (NOW - 30 * 86_400) * 1000;
  const gone = await forgetOldCopies(
    { cache, trash },
    loaded as unknown as readonly FoundFolder[],
    before,
  );
  expect(gone).toBe(go.length);
  expect(stay.filter((path) => !existsSync(path))).toEqual([]);
  expect(go.filter(existsSync)).toEqual([]);
});

it('a copy that is used again is not old', async () => {
  const cache = freshFolder();
  const folder = freshFolder();
  writeFileSync(join(folder, 'SKILL.md'), 'x');
  const contents = await readFolder(folder);
  const copy = await keptCopy(contents, join(cache, 'folders'));
  utimesSync(copy, 1, 1);
  await keptCopy(contents, join(cache, 'folders'));
  const places = { cache, trash: join(cache, 'trash') };
  expect(await forgetOldCopies(places, [], 86_400_000)).toBe(0);
  utimesSync(copy, 1, 1);
  expect(await forgetOldCopies(places, [], 86_400_000)).toBe(1);
});
