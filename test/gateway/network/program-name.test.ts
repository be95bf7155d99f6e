import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { portOwner } from '../../../src/gateway/network/port-owner.ts';
import { programName } from '../../../src/gateway/network/program-name.ts';
import { freshFolder } from '../../store/fresh.ts';

const shown = (words: readonly string[], environ: readonly string[] = []) => ({
  comm: 'MainThread\n',
  cmdline: words.map((word) => `${word}\0`).join(''),
  environ: environ.map((line) => `${line}\0`).join(''),
});

it.each([
  [shown(['/usr/sbin/nginx', '-g', 'daemon off;']), 'nginx'],
  [shown(['nginx: master process /usr/sbin/nginx']), 'nginx'],
  [shown(['/usr/bin/node', 'server.js']), 'node'],
  [shown(['/opt/My App/bin/app']), 'app'],
  [shown([]), 'MainThread'],
  [shown(['/tmp/\u001b[2Jx']), '⟦U+001B⟧[2Jx'],
  [
    shown(['node', '/x/bin/atom.js', 'start', '--headless'], ['HOME=/x']),
    'atom of profile "default"',
  ],
  [shown(['node', '/usr/bin/atom', 'start'], ['ATOM_PROFILE=two']), 'atom of profile "two"'],
  [shown(['node', '--no-opt', '/usr/bin/atom', '-p', 'two', 'start']), 'atom of profile "two"'],
  [
    shown(['node', 'bin/atom.js', 'start', '--profile=two'], ['ATOM_PROFILE=x']),
    'atom of profile "two"',
  ],
  // Of another user, whose environment nobody else may read.
  [shown(['node', '/usr/bin/atom', 'start']), 'atom'],
  [shown(['/usr/bin/vim', '/usr/bin/atom']), 'vim'],
])('%j is called %s', (process, name) => {
  expect(programName(process)).toBe(name);
});

it.skipIf(!existsSync('/proc/net/tcp'))('is found by the port that it listens on', async () => {
  const script = join(freshFolder(), 'atom');
  const listen = "require('net').createServer().listen(0, '127.0.0.1', function () {";
  writeFileSync(script, `${listen} console.log(this.address().port); });`);
  const other = spawn(process.execPath, [script, '-p', 'two', 'start']);
  onTestFinished(() => void other.kill());
  const [port] = await once(other.stdout, 'data');
  expect(await portOwner(Number(port))).toBe(`atom of profile "two", pid ${other.pid}`);
});
