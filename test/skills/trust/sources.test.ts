import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/digest.ts';
import { readPlain } from '../../../src/skills/read-plain.ts';
import { MOST_FILES, readSources } from '../../../src/skills/trust/sources.ts';
import { freshFolder } from '../../store/fresh.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = freshFolder();
  folder = join(root, 'skill');
  mkdirSync(join(folder, 'lib'), { recursive: true });
  writeFileSync(join(folder, 'skill.ts'), 'one');
  writeFileSync(join(folder, 'lib', 'a.ts'), 'two');
});

describe('all that the folder of a skill holds', () => {
  it('is read in the order of its paths', async () => {
    symlinkSync('a.ts', join(folder, 'lib', 'b.ts'));
    expect((await readSources(folder)).files).toEqual([
      { path: 'lib/a.ts', digest: sha256('two'), bytes: 3 },
      { path: 'lib/b.ts', digest: sha256('link to a.ts'), bytes: 0 },
      { path: 'skill.ts', digest: sha256('one'), bytes: 3 },
    ]);
  });

  it('is refused where it is too much, folders counted', async () => {
    let deep = folder;
    for (let i = 0; i < 50; i++) deep = join(deep, 'd');
    mkdirSync(deep, { recursive: true });
    for (let i = 0; i < MOST_FILES - 52; i++) mkdirSync(join(deep, String(i)));
    await expect(readSources(folder)).rejects.toThrow('more than 5000 files and folders');
  });

  it('is refused where there is a pipe among it', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(readSources(folder)).rejects.toThrow('pipe is neither a file nor a folder');
  });

  it('is not read through a folder that became a link since it was listed', async () => {
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside', 'a.ts'), 'CANARY');
    rmSync(join(folder, 'lib'), { recursive: true });
    symlinkSync(join(root, 'outside'), join(folder, 'lib'));
    await expect(readPlain({ root: folder, path: 'lib/a.ts' }, 100)).rejects.toThrow(
      'lib is not a folder, or it is a link',
    );
  });

  it('holds nothing from outside while a link is put in a file’s place', async () => {
    const secret = join(root, 'secret');
    writeFileSync(secret, 'CANARY');
    const file = join(folder, 'skill.ts');
    let isOver = false;
    const swap = (): void => {
      if (isOver) return;
      symlinkSync(secret, join(root, 'link'));
      renameSync(join(root, 'link'), file);
      setImmediate(() => {
        if (isOver) return;
        rmSync(file);
        writeFileSync(file, 'one');
        setImmediate(swap);
      });
    };
    setImmediate(swap);
    const digests = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const sources = await readSources(folder).catch(() => undefined);
      for (const { digest } of sources?.files ?? []) digests.add(digest);
    }
    isOver = true;
    expect(digests).not.toContain(sha256('CANARY'));
  });
});
