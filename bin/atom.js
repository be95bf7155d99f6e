#!/usr/bin/env node
// Any Node from 18 on can read this file: it finds a Node that can run atom, then starts atom.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const newEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
};

if (newEnough(process.versions.node) && Number(process.versions.napi) >= 10) await run();
else runWithAnotherNode();

async function run() {
  const entry = new URL('../dist/cli/main.js', import.meta.url);
  if (!existsSync(entry)) leave('atom is not built yet. Build it: npm run build');
  const { main } = await import(entry.href);
  await main();
}

function runWithAnotherNode() {
  const node = findNode();
  if (node === undefined) {
    leave(
      `atom needs Node 22.18 or newer and this is ${process.version}. ` +
        'Get one: npm install --global node@24, or from https://nodejs.org',
    );
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends SIGINT and SIGTSTP to the whole group; the child has them already.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => leave(`${node} cannot be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function findNode() {
  const found = nodePackage();
  return found !== undefined && existsSync(found) ? found : undefined;
}

// Only from where atom itself is installed: a folder that somebody stands in must not choose what runs.
function nodePackage() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const program = process.platform === 'win32' ? 'node.exe' : 'node';
    return newEnough(version) ? join(dirname(manifest), 'bin', program) : undefined;
  } catch {
    return undefined; // not installed there
  }
}

function leave(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
