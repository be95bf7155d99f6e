// npm run bench [-- --json]: what this machine needs for what people wait for. Numbers, no verdicts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connectGateway } from '../../src/bridge/connect.ts';
import type { Gateway as Bridge } from '../../src/bridge/gateway.ts';
import { timeJail } from './jail.ts';
import { memoryOf, type Spread, spread, startGateway, timeCommands } from './measure.ts';
import { type Row, tellRows, timeRow } from './rows.ts';
import { timeSkills } from './skills.ts';
import { timeTelegram } from './telegram-round-trip.ts';

const ROUNDS = 15;
const MESSAGES = 60;

const root = resolve(import.meta.dirname, '../..');
const atom = join(root, 'bin', 'atom.js');
const folder = mkdtempSync(join(tmpdir(), 'atom-bench-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  ATOM_CONFIG_DIR: join(folder, 'c'),
  ATOM_STATE_DIR: join(folder, 's'),
};

const rows: Row[] = [];
const add = (...row: Parameters<typeof timeRow>): void => void rows.push(timeRow(...row));

function coldStarts(): Spread {
  const node = process.execPath;
  const [bare, version, help, status] = timeCommands(
    ROUNDS,
    [
      [node, '-e', '0'],
      [node, atom, '--version'],
      [node, atom, '--help'],
      [node, atom, 'status'],
    ],
    env,
  );
  if (!bare || !version || !help || !status) throw new Error('nothing was timed');
  const than = { name: 'bare node', p50: bare.p50 };
  add('bare node', bare);
  add('atom --version', version, than);
  add('atom --help', help, than);
  add('atom status, no gateway', status, than);
  return bare;
}

async function jail(): Promise<void> {
  const cost = await timeJail(40);
  if (!cost) return;
  const { bare, least, readOnly, readWrite } = cost;
  const than = { name: 'the least of a bubblewrap', p50: least.p50 };
  add('bare spawn of /bin/true', bare);
  add('the least of a bubblewrap around it', least, { name: 'bare spawn', p50: bare.p50 });
  add('in a read-only jail', readOnly, than);
  add('in a read-write jail', readWrite, than);
}

async function skills(): Promise<void> {
  const { bare, cold, warm, poolMegabytes } = await timeSkills(30);
  const than = { name: 'a jailed node', p50: bare.p50 };
  add('a jailed node that does nothing', bare);
  add('a trivial skill, cold', cold, than);
  add('a trivial skill, by a process that waited', warm, than);
  rows.push({ what: 'the two processes that wait', p50: poolMegabytes, unit: 'MB' });
}

/** Says something and waits for its reply; the time between, in ms. */
async function ask(bridge: Bridge, text: string, key: string): Promise<number> {
  const start = performance.now();
  const replied = new Promise<void>((done) => {
    const off = bridge.on((event) => {
      if (event.kind !== 'message' || event.inReplyTo === undefined) return;
      off();
      done();
    });
  });
  await bridge.request('chat.send', { text, key });
  await replied;
  return performance.now() - start;
}

async function conversation(): Promise<void> {
  const bridge = await connectGateway({
    socketPath: join(folder, 's/state/default/run/default.sock'),
    client: 'cli',
    events: true,
  });
  for (let i = 0; i < 5; i++) await ask(bridge, 'list files', `warm${i}`);
  const command: number[] = [];
  const words: number[] = [];
  for (let i = 0; i < MESSAGES; i++) {
    command.push(await ask(bridge, 'list files', `command${i}`));
    words.push(await ask(bridge, '/help', `words${i}`));
  }
  const skill: number[] = [];
  for (let i = 0; i < 15; i++) skill.push(await ask(bridge, 'summary of this folder', `skill${i}`));
  bridge.close();
  add('message -> reply, no command', spread(words));
  add('message -> jailed command -> reply', spread(command), {
    name: 'the same without a command',
    p50: spread(words).p50,
  });
  add('message -> skill -> reply', spread(skill));
}

/** From a message in Telegram, played by crabline, to its answer there. */
async function telegram(): Promise<void> {
  const { eachSecond, bare, polling, webhook } = await timeTelegram();
  const than = { name: 'polling each second', p50: eachSecond.p50 };
  add('Telegram: a bare bot that polls each second', eachSecond);
  add('Telegram: a bare bot that long polls', bare, than);
  const beside = { name: 'the bare bot', p50: bare.p50 };
  add('Telegram: atom by long polling', polling, beside);
  add('Telegram: atom by webhook', webhook, than);
}

/**
 * What the ports cost: that for devices beside a bare echo, that for webhooks beside one that keeps nothing.
 * Measured between processes of their own, and printed by those.
 */
function ports(): void {
  if (process.argv.includes('--json')) return;
  for (const name of ['websocket.ts', 'webhooks.ts'])
    spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' });
}

/** What is measured in a process of its own. */
function rowsOf(name: string): readonly Row[] {
  const words = [join(import.meta.dirname, name), '--json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { readonly rows: readonly Row[] }).rows;
}

try {
  spawnSync(process.execPath, [join(root, '.config/build.js'), '--no-types'], {
    stdio: 'inherit',
    cwd: root,
  });
  mkdirSync(join(folder, 'work'));
  spawnSync(process.execPath, [atom, 'init', '--yes', '--jail', join(folder, 'work')], { env });
  // More than people ask for in a minute: what is measured is not to be the limit.
  for (const limit of ['actionsPerMinute', 'commandsPerHour'])
    spawnSync(process.execPath, [atom, 'config', 'set', `limits.${limit}`, '10000'], { env });
  const bare = coldStarts();
  await jail();
  await skills();
  const ready: number[] = [];
  for (let i = 0; i < 5; i++) {
    const gateway = await startGateway(atom, env);
    ready.push(gateway.readyMs);
    await gateway.stop();
  }
  add('gateway ready (jail probed, skills loaded)', spread(ready), {
    name: 'bare node',
    p50: bare.p50,
  });
  const gateway = await startGateway(atom, env);
  rows.push({ what: 'gateway memory, idle', p50: memoryOf(gateway.pid), unit: 'MB' });
  await conversation();
  rows.push({
    what: `gateway memory after ${2 * MESSAGES} messages`,
    p50: memoryOf(gateway.pid),
    unit: 'MB',
  });
  await gateway.stop();
  await telegram();
  for (const name of ['undo.ts', 'model.ts', 'long-talk.ts', 'notes.ts'])
    rows.push(...rowsOf(name));
  ports();
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, node ${process.version}, ${process.platform}`;
  if (!process.argv.includes('--json')) console.log(`${machine}\n`);
  tellRows(rows, { schema: 1, machine });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
