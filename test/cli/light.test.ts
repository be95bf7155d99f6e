import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { spawnGateway } from '../flows/stage/gateway-process.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { startScriptedTelegram } from '../peers/scripted-telegram.ts';
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

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.compiled'))
    .map((entry) => join(entry.parentPath, entry.name));

const files = (): readonly string[] => filesIn(dist);

/** The folders of the packages that npm installs with atom on this machine, from the top of the repository. */
function brought(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<
      Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>
    >;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}

/** Leaves behind what a process has loaded of Node's own parts. */
const TELL_PARTS = `process.on('exit', () => {
  require('node:fs').writeFileSync(__filename + '.' + process.pid, process.moduleLoadList.join('\\n'));
});`;

describe('what is installed', () => {
  beforeAll(() => builtAtom());

  it('is few packages: all others are in the bundle', () => {
    expect(brought().map((path) => path.replace(/^node_modules\/|-(x|arm)64$/g, ''))).toEqual([
      `@esbuild/${process.platform}`,
      ...['better-sqlite3', 'esbuild', 'keytar', 'node-addon-api', 'zod'],
    ]);
  });

  it('takes less than 60 MB with all of them', () => {
    const own = ['bin', 'skills', 'docs'].flatMap((folder) => filesIn(join(root, folder)));
    const others = brought().flatMap((path) => filesIn(join(root, path)));
    const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', 'package.json'];
    const top = texts.map((name) => join(root, name));
    const built = files().filter((file) => !file.startsWith(join(dist, 'types')));
    // The types, which are not always there: 350 KB now.
    const rest = 370 * KB;
    expect(bytesOf([...built, ...own, ...others, ...top]) + rest).toBeLessThan(60_000 * KB);
  });

  it('is small, and what each process loads at its start is smaller', () => {
    const size = (path: string) => bytesOf(loadedBy(join(dist, path)));
    expect(bytesOf(files())).toBeLessThan(12_300 * KB);
    expect(size('cli/status.cjs')).toBeLessThan(33 * KB);
    expect(size('cli/chat.cjs')).toBeLessThan(29.1 * KB);
    expect(size('cli/attach.cjs')).toBeLessThan(150 * KB);
    expect(size('ui/ink.cjs')).toBeLessThan(700 * KB);
    expect(size('cli/main.js')).toBeLessThan(30 * KB);
    expect(size('skills/runner.js')).toBeLessThan(310 * KB);
    const gateway = loadedBy(join(dist, 'cli/headless.js'));
    expect(gateway.size).toBeLessThan(15);
    expect(bytesOf(gateway)).toBeLessThan(1_585 * KB);
  });

  it('is text of one byte a character, and loads no client of the web that nobody uses', () => {
    const code = files().filter((file) => /\.[mc]?js$/.test(file));
    expect(code.length).toBeGreaterThan(50);
    const texts = code.map((file) => [file, readFileSync(file, 'utf8')] as const);
    const wide = texts.filter(([, text]) => /[^\0-\x7f]/.test(text));
    const web = texts.filter(([, text]) => /\bfrom ?"(node:)?https?"/.test(text));
    expect([...wide, ...web].map(([file]) => file)).toEqual([]);
  });

  it('loads Node’s own client of the web for no bot of Telegram', async () => {
    const peer = await startScriptedTelegram();
    const profile = createProfile({
      config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } } },
    });
    const telling = join(profile.folder, 'telling.cjs');
    writeFileSync(telling, TELL_PARTS);
    const { env } = profile;
    const more = { TELEGRAM_BOT_TOKEN: peer.token, NODE_OPTIONS: `--require ${telling}` };
    const gateway = spawnGateway({ ...profile, env: { ...env, ...more } });
    onTestFinished(async () => {
      await gateway.kill();
      await peer.close();
      profile.remove();
    });
    // The second one comes once the first was answered.
    await expect.poll(() => peer.calls('getUpdates').length, { timeout: 20_000 }).toBe(2);
    gateway.signal('SIGTERM');
    await gateway.ended;
    const parts = readFileSync(`${telling}.${gateway.pid}`, 'utf8').split('\n');
    expect(parts).toContain('NativeModule https');
    expect(parts.filter((part) => part.includes('undici'))).toEqual([]);
  });

  it('is optimized again once a gateway has started, whatever was left out for its start', () => {
    const flagsIn = (path: string, pattern: RegExp) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(pattern)].map(([, flag]) => flag);
    const off = flagsIn('bin/atom.js', /'--no-([a-z-]+)'/g);
    expect(off).toEqual(['opt', 'sparkplug']);
    expect(flagsIn('src/cli/start/settle.ts', /'--([a-z-]+)'/g)).toEqual(
      expect.arrayContaining(off),
    );
    // And what lives shortly has no more room than while it is at rest.
    const growth = /'--semi-space-growth-factor=(\d+)'/g;
    expect(flagsIn('bin/atom.js', growth)).toEqual(['1', '16']);
    expect(flagsIn('src/cli/start/settle.ts', growth)).toEqual(['1']);
  });

  it('names the licence of everything that the bundles hold', () => {
    const text = readFileSync(join(dist, 'LICENSES.txt'), 'utf8');
    for (const name of ['ink', 'grammy', 'zod', 'ai', 'ws'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    expect(text).not.toContain('baileys');
    // Of what stands beside the bundles, also the texts that its licence asks for.
    expect(text).toContain('@img/sharp-wasm32');
    for (const licence of ['LESSER GENERAL PUBLIC', 'GENERAL PUBLIC'])
      expect(text).toMatch(new RegExp(`^ *GNU ${licence} LICENSE$`, 'm'));
  });
});
