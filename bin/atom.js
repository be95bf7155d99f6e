#!/usr/bin/env node
// Any Node from 18 on can read this file: it finds a Node that can run atom, then starts atom.
import module from 'node:module';

// Required, and not imported: to import `node:fs` reads all that it may ever need.
const require = module.createRequire(import.meta.url);
const { existsSync, readFileSync, writeSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { fileURLToPath } = require('node:url');

const newEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
};

const beside = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What a gateway loads of Node's in any case. */
const PARTS = [
  ...['child_process', 'cluster', 'crypto', 'dns/promises', 'fs/promises', 'http', 'os'],
  ...['stream/promises', 'timers/promises', 'tls', 'vm', 'zlib'],
];

const given = process.argv.slice(2);
const answer = answerAtHand(given);
if (answer !== undefined) say(answer);
else if (newEnough(process.versions.node) && Number(process.versions.napi) >= 10) await run();
else await runWithAnotherNode();

/** The answer that needs no program: the version, and the help of a command as the build left it. */
function answerAtHand(words) {
  const names = words.slice(0, -1);
  const last = words.at(-1);
  try {
    if ((last === '--version' || last === '-V') && names.length === 0)
      return `${JSON.parse(readFileSync(beside('package.json'), 'utf8')).version}\n`;
    if (last !== undefined && last !== '--help' && last !== '-h') return undefined;
    if (names.every((name) => /^[a-z0-9-]+$/.test(name)))
      return readFileSync(beside(`dist/help/${['atom', ...names].join(' ')}.txt`), 'utf8');
  } catch {
    // No such command, not built, or with a Node too old: the program says it.
  }
  return undefined;
}

/** Around `process.stdout`, which takes longer to open than all that is done here. */
function say(text) {
  const bytes = Buffer.from(text);
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(1, bytes, at);
  } catch (error) {
    if (error.code === 'EAGAIN')
      process.stdout.write(bytes.subarray(at)); // who reads is slow
    else if (error.code !== 'EPIPE') leave(`What this prints cannot be written (${error.code}).`);
  }
}

async function run() {
  const alone = builtAlone(given);
  const entry = new URL(`../dist/cli/${alone ?? 'main.js'}`, import.meta.url);
  if (!existsSync(entry)) leave('atom is not built yet. Build it: npm run build');
  const flags = flagsFor(given, alone);
  // First: Node brings its own parts compiled, and V8 takes that only while its flags are those of Node's build.
  if (alone === 'headless.js') for (const part of PARTS) require(`node:${part}`);
  for (const flag of flags) require('node:v8').setFlagsFromString(flag);
  // Kept beside the code it was compiled from: whoever can write the one can write the other.
  module.enableCompileCache?.(beside('dist/.compiled'));
  const asCommonJs = entry.href.endsWith('.cjs');
  const { main } = asCommonJs ? require(fileURLToPath(entry)) : await import(entry.href);
  await main();
}

/** What V8 is asked for processes that stay and mostly idle. */
function flagsFor([command, ...words], alone) {
  if (command !== 'start' && alone !== 'attach.cjs') return [];
  // Room for what lives shortly stays at its first size: grown, it is never given back by who idles.
  if (command !== 'start' || !words.includes('--headless')) return ['--semi-space-growth-factor=1'];
  // But by `settle`: most of what a start makes stays, and to look through it every half megabyte takes 20 ms.
  // To optimize what a start calls often takes memory that idles then, some 6 MB; `settle` allows it again, or
  // its clock, where a start hangs. Only what every Node that we run on has on by itself: Maglev, which would
  // save 4 MB more, is off in some, and code was slower for long after it had been off.
  return ['--semi-space-growth-factor=16', '--no-opt', '--no-sparkplug'];
}

/** The file of a command that is asked for often, or whose start somebody watches. */
function builtAlone([name, ...rest]) {
  if (name === 'start' && rest.includes('--headless')) return 'headless.js';
  if (name === 'status' && rest.every((word) => word === '--json')) return 'status.cjs';
  if ((name === 'attach' || name === 'chat') && rest.length === 0) return 'attach.cjs';
  return name === 'chat' && rest.every((word) => /^[^-]/.test(word)) ? 'chat.cjs' : undefined;
}

async function runWithAnotherNode() {
  const { spawn } = await import('node:child_process');
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
    const manifest = require.resolve('node/package.json');
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
