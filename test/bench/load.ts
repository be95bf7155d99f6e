// node test/bench/load.ts [--full] [--only writes,restarts,sender,chats], after npm run build: what is durable
// beside a bare flush to disk; a start after kill -9 beside bare Node; the Telegram sender beside the fastest
// schedule; 100 chats that talk to one gateway. Ratios are to floors of the same run, in turn with what they are
// the measure of, and say whether they hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { converse } from './conversation.ts';
import { timeRestarts } from './restarts.ts';
import { sendMany } from './sender.ts';
import { verdict } from './verdict.ts';
import { timeWrites } from './writes.ts';

const full = process.argv.includes('--full');
const MESSAGES = full ? 10_000 : 1000;

const tell = (what: string, value: string): void => console.log(`${what.padEnd(52)}${value}`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 3 : 0)} ms`;

function percentiles(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return `p50 ${ms(at(0.5))}   p95 ${ms(at(0.95))}   p99 ${ms(at(0.99))}`;
}

async function writes(): Promise<void> {
  const { floorMs, bare, spool, record } = await timeWrites(folder);
  tell('floor: 4 KiB over and fdatasync, p50', ms(floorMs));
  tell('bare better-sqlite3, one row, p50 / floor', `${bare.toFixed(2)}x`);
  console.log(verdict('durable spool insert, p50 / floor', spool, { most: 2 }));
  console.log(verdict('audit append, p50 / floor', record, { most: 2.5 }));
}

async function restarts(): Promise<void> {
  const { bareMs, modulesMs, readyMs } = await timeRestarts();
  tell('bare node, p50', ms(bareMs));
  tell('bare node that loads the modules, p50', ms(modulesMs));
  tell('ready after kill -9, p50', `${ms(readyMs)}   ${(readyMs / bareMs).toFixed(1)}x bare node`);
  console.log(
    verdict('ready after kill -9 / node and modules', readyMs / modulesMs, { most: 2.5 }),
  );
}

async function sender(): Promise<void> {
  for (const toGroup of full ? [5, 24] : [5]) {
    const { sent, refused, disordered, ms: took, idealMs } = await sendMany(folder, toGroup);
    tell(`${sent} messages to Telegram, ${toGroup} of them to a group`, ms(took));
    console.log(verdict('time / the ideal schedule', took / idealMs, { most: 1.15 }));
    const share = (100 * refused) / (sent + refused);
    console.log(verdict('429s', share, { most: 1 }, ' %'));
    console.log(verdict('out of order', disordered, { most: 0 }, ''));
  }
}

async function chats(): Promise<void> {
  const { ms: took, acknowledged, replied, memoryMb, cpuMsEach } = await converse(MESSAGES);
  const rate = ((MESSAGES / took) * 1000).toFixed(1);
  tell(`${MESSAGES} messages of 100 chats, in`, `${ms(took)}   ${rate}/s`);
  tell('acknowledged to Telegram', percentiles(acknowledged));
  tell('reply arrived at Telegram', percentiles(replied));
  tell('work of the processor for each', ms(cpuMsEach));
  tell(
    'memory: start, and after each quarter',
    memoryMb.map((mb) => `${mb.toFixed(0)} MB`).join('   '),
  );
}

const SHOWS = { writes, restarts, sender, chats };
const at = process.argv.indexOf('--only');
const wanted = at < 0 ? Object.keys(SHOWS) : (process.argv[at + 1] ?? '').split(',');

const folder = mkdtempSync(join('/var/tmp', 'atom-load-'));
try {
  for (const [name, show] of Object.entries(SHOWS)) if (wanted.includes(name)) await show();
} finally {
  rmSync(folder, { recursive: true });
}
