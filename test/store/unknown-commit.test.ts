import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';

const hasFiu = spawnSync('fiu-run', ['-h']).error === undefined;
const folder = mkdtempSync(join(tmpdir(), 'atom-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Writes ten rows, of which the fifth finds a disk that cannot flush, and crashes after row `last`. What was
 * told of each, and what is there afterwards.
 */
async function crash(failing: 'once' | 'always', last: number) {
  const [file, pipes] = [join(folder, `${failing}-${last}.db`), join(folder, 'fiu')];
  const writer = join(import.meta.dirname, 'failing-disk.ts');
  const words = [process.execPath, writer, file, pipes, failing, String(last)];
  const { stdout } = spawnSync('fiu-run', ['-x', '-f', pipes, ...words], { encoding: 'utf8' });
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const store = await openStore({ file });
  const rows = await store.all('SELECT n FROM written ORDER BY n');
  await store.close();
  return {
    failed: told.filter(([, how]) => how === 'failed').map(([n]) => Number(n)),
    stood: told.filter(([, how]) => how === 'stands').map(([n]) => Number(n)),
    there: rows.map(({ n }) => Number(n)),
  };
}

describe.skipIf(!hasFiu)('a commit that the disk reported an error of', () => {
  it('is told to have failed only once not even a crash can bring it back', async () => {
    const { failed, stood, there } = await crash('once', 5);
    expect(failed).toEqual([5]);
    expect(there).toEqual(stood);
  });

  it('takes none of those before and after it along', async () => {
    const { failed, stood, there } = await crash('once', 9);
    expect(failed).toEqual([5]);
    expect(there).toEqual(stood);
    expect(there).toHaveLength(9);
  });

  it('is followed by no other that passes for durable while the disk fails', async () => {
    const { failed, stood, there } = await crash('always', 7);
    expect(failed).toEqual([5, 6, 7]);
    expect(there).toEqual(stood);
  });
});
