// npm run bench [-- --only starts,jail,… --json --markdown]: what this machine needs for what people wait for,
// each beside the least that the like of it costs here, measured in the same run. Numbers, no verdicts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { timeJail } from './jail.ts';
import { memoryOf, startGateway } from './measure.ts';
import { MESSAGES, timeMessages } from './messages.ts';
import { measurePackage } from './package.ts';
import { timeReady } from './ready.ts';
import { sendMany } from './sender.ts';
import { timeSkills } from './skills.ts';
import { bareMemory, coldStarts, startsBeside } from './starts.ts';
import { durable, grown, ports, told, undo } from './stored.ts';
import { asMarkdown, asText, type Benches, machine, type Row, timed } from './table.ts';
import { timeTelegram } from './telegram-round-trip.ts';

const root = resolve(import.meta.dirname, '../..');
const atom = join(root, 'bin', 'atom.js');
const folder = mkdtempSync(join(tmpdir(), 'atom-bench-'));
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  ATOM_CONFIG_DIR: join(folder, 'c'),
  ATOM_STATE_DIR: join(folder, 's'),
};

async function jail(): Promise<readonly Row[]> {
  const cost = await timeJail(40);
  if (!cost) return [];
  const { bare, least, readOnly, readWrite } = cost;
  const beside = { name: 'the least of a bubblewrap', p50: least.p50 };
  return [
    timed('the least of a bubblewrap', least, { name: 'bare spawn', p50: bare.p50 }),
    timed('/bin/true in a read-only jail', readOnly, beside),
    timed('/bin/true in a read-write jail', readWrite, beside),
  ];
}

async function skills(): Promise<readonly Row[]> {
  const { bare, cold, warm, poolMegabytes } = await timeSkills(30);
  const beside = { name: 'a jailed node', p50: bare.p50 };
  return [
    timed('a trivial skill, cold', cold, beside),
    timed('a trivial skill, by a process that waited', warm, beside),
    { what: 'the two processes that wait', p50: poolMegabytes, unit: 'MB' },
  ];
}

async function gateway(): Promise<readonly Row[]> {
  const ready = await timeReady();
  const bare = { name: 'bare node, http and one probe', p50: ready.least.p50 };
  const one = await startGateway(atom, env);
  await one.settled();
  try {
    const beside = { name: 'bare node', p50: await bareMemory() };
    const idle = memoryOf(one.pid);
    const cost = await timeJail(15);
    const least = cost && { name: 'the least of a bubblewrap', p50: cost.least.p50 };
    const messages = await timeMessages(join(folder, 's/state/default/run/default.sock'), least);
    const after = memoryOf(one.pid);
    return [
      timed('gateway ready, with Telegram', ready.clean, bare),
      timed('the same after kill -9', ready.killed, bare),
      timed('and its jail is tried', ready.tried, bare),
      { what: 'gateway memory, idle', p50: idle, unit: 'MB', beside },
      { what: `the same after ${2 * MESSAGES} messages`, p50: after, unit: 'MB', beside },
      ...messages,
      ...(await startsBeside(atom, env)),
    ];
  } finally {
    await one.stop();
  }
}

/** From a message in Telegram, played by crabline, to its answer there. */
async function telegram(): Promise<readonly Row[]> {
  const { eachSecond, bare, polling, webhook } = await timeTelegram();
  const beside = { name: 'a bare bot that long polls', p50: bare.p50 };
  return [
    timed('Telegram: a bare bot that polls each second', eachSecond, beside),
    timed('Telegram: atom by long polling', polling, beside),
    timed('Telegram: atom by webhook', webhook, beside),
  ];
}

async function outbox(): Promise<readonly Row[]> {
  const { sent, ms, idealMs } = await sendMany(folder, 5);
  const beside = { name: 'the fastest without a 429', p50: idealMs };
  return [{ what: `outbox: ${sent} messages to Telegram`, p50: ms, unit: 'ms', beside }];
}

const BENCHES: Benches = {
  package: () => measurePackage(root, folder),
  starts: async () => coldStarts(atom, env),
  jail,
  skills,
  gateway,
  durable: () => durable(folder),
  growth: async () => grown(),
  websocket: async () => ports(),
  outbox,
  telegram,
  undo,
  model: told('model.ts'),
  talk: told('long-talk.ts'),
  notes: told('notes.ts'),
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(BENCHES).join(',') },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}.`);

try {
  prepare();
  const rows: Row[] = [];
  for (const name of wanted) {
    const start = performance.now();
    rows.push(...((await BENCHES[name]?.()) ?? []));
    process.stderr.write(`${name} (${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
  }
  print(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function prepare(): void {
  const node = (...words: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, words, { env, cwd: root });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  };
  node(join(root, '.config/build.js'), '--no-types');
  mkdirSync(join(folder, 'work'));
  node(atom, 'init', '--yes', '--jail', join(folder, 'work'));
  // More than people ask for in a minute: what is measured is not to be the limit.
  for (const limit of ['actionsPerMinute', 'commandsPerHour'])
    node(atom, 'config', 'set', `limits.${limit}`, '10000');
}

function print(rows: readonly Row[]): void {
  if (values.json) console.log(JSON.stringify({ schema: 1, machine: machine(), rows }));
  else if (values.markdown) console.log(`${asMarkdown(rows)}\n\n${machine()}`);
  else console.log(`${machine()}\n\n${asText(rows)}`);
}
