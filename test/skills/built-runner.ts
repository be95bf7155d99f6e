import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

let built: Promise<string> | undefined;

/** The runner as the build makes it, from the source as it is now; once for each process of tests. */
export const builtRunner = (): Promise<string> => (built ??= make());

async function make(): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'atom-runner-')), 'runner.js');
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/skills/runner.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outfile,
  });
  return outfile;
}
