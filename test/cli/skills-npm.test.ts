import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { fetched } from '../../src/cli/skills/fetched.ts';
import { freshFolder } from '../store/fresh.ts';

afterEach(() => vi.unstubAllEnvs());

/** A registry with one package, whose scripts leave a mark wherever they run. */
async function openRegistry(root: string) {
  const source = join(root, 'source', 'package');
  mkdirSync(source, { recursive: true });
  const mark = join(root, 'ran');
  const script = `node -e "require('fs').writeFileSync('${mark}', 'x')"`;
  const names = ['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'postpack'];
  const scripts = Object.fromEntries(names.map((name) => [name, script]));
  const manifest = { name: 'atom-skill-hello', version: '1.2.3', scripts };
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(source, 'skill.ts'), 'export const skill = 1;\n');
  const tarball = join(root, 'hello.tgz');
  spawnSync('tar', ['czf', tarball, '-C', join(root, 'source'), 'package']);
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url.endsWith('.tgz')) return response.end(readFileSync(tarball));
    if (url !== '/atom-skill-hello') return response.writeHead(404).end('{}');
    const dist = { tarball: `http://127.0.0.1:${port}/hello.tgz` };
    const versions = { '1.2.3': { ...manifest, dist } };
    return response.end(
      JSON.stringify({ name: manifest.name, 'dist-tags': { latest: '1.2.3' }, versions }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, mark, asked };
}

it('a skill of a registry is fetched as it was published, and nothing of it runs', async () => {
  const root = freshFolder();
  const { url, mark, asked } = await openRegistry(root);
  vi.stubEnv('npm_config_registry', url);
  vi.stubEnv('npm_config_cache', join(root, 'cache'));
  vi.stubEnv('npm_config_userconfig', join(root, 'none'));
  const cli = { env: { home: root, cwd: root } } as unknown as Cli;
  const folder = await fetched(cli, 'atom-skill-hello@1.2.3', root);
  expect(readFileSync(join(folder, 'skill.ts'), 'utf8')).toBe('export const skill = 1;\n');
  expect(asked).toContain('/hello.tgz');
  expect(existsSync(mark)).toBe(false);
  await expect(fetched(cli, 'atom-skill-nothing', root)).rejects.toThrow(
    'npm could not fetch atom-skill-nothing',
  );
});

it.each([
  'git+https://example.org/a.git',
  'file:..',
  'github:a/b',
  'http://127.0.0.1/a.tgz',
  '--x',
])('what would have npm run something is no name of a package: %s', async (source) => {
  const cli = { env: { home: '/nowhere', cwd: '/nowhere' } } as unknown as Cli;
  await expect(fetched(cli, source, '/nowhere')).rejects.toThrow();
});
