import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './table.ts';

/** What whoever installs the package gets: packed as it would be published, and installed into an empty folder. */
export async function measurePackage(root: string, folder: string): Promise<readonly Row[]> {
  const place = join(folder, 'installed');
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{"private":true}');
  const npm = (cwd: string, words: readonly string[]): string =>
    execFileSync('npm', [...words, '--ignore-scripts'], { cwd, encoding: 'utf8' });
  const packed = npm(root, ['pack', '--json', '--pack-destination', folder]);
  const [{ filename = '', size = 0 } = {}] = JSON.parse(packed) as {
    readonly filename: string;
    readonly size: number;
  }[];
  const start = performance.now();
  npm(place, ['install', '--no-audit', '--no-fund', join(folder, filename)]);
  const ms = performance.now() - start;
  const packages = npm(place, ['ls', '--all', '--parseable']).trim().split('\n').length - 1;
  return [
    { what: 'package, packed', p50: size / 1e6, unit: 'MB' },
    { what: 'installed with what it needs', p50: bytesIn(place) / 1e6, unit: 'MB' },
    { what: 'packages installed', p50: packages, unit: 'packages' },
    { what: 'npm install', p50: ms, unit: 'ms' },
  ];
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
