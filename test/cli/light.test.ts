import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatewayModule } from '../bench/restarts.ts';
import { builtAtom } from './built.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const KB = 1000;

/** A built file with all that it loads before it does anything. */
function loadedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path = ''] of text.matchAll(/\b(?:import|from) ?"(\.[^"]+)"/g))
    loadedBy(join(dirname(file), path), seen);
  return seen;
}

const bytesOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(file).size, 0);

const files = (): readonly string[] =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.compiled'))
    .map((entry) => join(entry.parentPath, entry.name));

describe('what is installed', () => {
  beforeAll(() => builtAtom());

  it('is few packages: all others are in the bundle', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<
        Record<
          string,
          { readonly dev?: boolean; readonly devOptional?: boolean; readonly optional?: boolean }
        >
      >;
    };
    const needed = Object.entries(packages).filter(
      ([name, { dev, devOptional, optional }]) => name !== '' && !dev && !devOptional && !optional,
    );
    expect(needed.map(([name]) => name.replace('node_modules/', ''))).toEqual([
      'better-sqlite3',
      'esbuild',
      'node-addon-api',
      'zod',
    ]);
  });

  it('is small, and what each process loads at its start is smaller', () => {
    const size = (path: string) => bytesOf(loadedBy(join(dist, path)));
    expect(bytesOf(files())).toBeLessThan(13_000 * KB);
    expect(size('cli/status.cjs')).toBeLessThan(40 * KB);
    expect(size('cli/main.js')).toBeLessThan(40 * KB);
    expect(size('skills/runner.js')).toBeLessThan(350 * KB);
    const gateway = loadedBy(gatewayModule());
    expect(gateway.size).toBeLessThan(25);
    expect(bytesOf(gateway)).toBeLessThan(1_960 * KB);
  });

  it('is text of one byte a character, and loads no client of the web that nobody uses', () => {
    const code = files().filter((file) => /\.[mc]?js$/.test(file));
    expect(code.length).toBeGreaterThan(50);
    const texts = code.map((file) => [file, readFileSync(file, 'utf8')] as const);
    const wide = texts.filter(([, text]) => /[^\0-\x7f]/.test(text));
    const web = texts.filter(([, text]) => /\bfrom ?"(node:)?https?"/.test(text));
    expect([...wide, ...web].map(([file]) => file)).toEqual([]);
  });

  it('is optimized again once a gateway has started, whatever was left out for its start', () => {
    const flagsIn = (path: string, pattern: RegExp) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(pattern)].map(([, flag]) => flag);
    const off = flagsIn('bin/atom.js', /'--no-([a-z-]+)'/g);
    expect(off.length).toBeGreaterThan(0);
    expect(flagsIn('src/cli/start/settle.ts', /'--([a-z-]+)'/g)).toEqual(
      expect.arrayContaining(off),
    );
  });

  it('names the licence of everything that the bundles hold', () => {
    const text = readFileSync(join(dist, 'LICENSES.txt'), 'utf8');
    for (const name of ['ink', 'grammy', 'zod', 'ai', 'pino'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(text).not.toContain('baileys');
  });
});
