// node test/bench/load.ts [--full], after npm run build: 100 chats talk to one gateway; what is durable beside a
// bare flush to disk; the Telegram sender beside the fastest schedule; a start after kill -9 beside bare Node.
// Numbers, no verdicts. There is no webhook server yet, so none is measured.
import { fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { openStore } from '../../src/store/open.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { layWire, type Wire } from '../faults/campaign/wire.ts';
import { startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { startCrabline } from '../peers/crabline.ts';
import { eventFor } from './events.ts';
import { memoryOf, spread, timeCommands } from './measure.ts';
import { sendMany } from './sender.ts';

const full = process.argv.includes('--full');
const MESSAGES = full ? 10_000 : 2000;
const CHATS = 100;
/** Below what Telegram lets a bot answer, so that what is measured is no queue of its making. */
const EACH_MS = 1000 / 25;
const WRITES = 300;
const STARTS = 5;

const say = (what: string, value: string): void => console.log(`${what.padEnd(46)} ${value}`);
const ms = (value: number): string => `${value.toFixed(1)} ms`;

function percentiles(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return `p50 ${ms(at(0.5))}   p95 ${ms(at(0.95))}   p99 ${ms(at(0.99))}`;
}

async function conversation(): Promise<void> {
  const peer = await startCrabline();
  const wire = await layWire(peer.apiRoot);
  const allow = Array.from({ length: CHATS }, (_, n) => String(1001 + n));
  const profile = createProfile({
    config: {
      channels: { telegram: { enabled: true, allow, apiRoot: wire.root } },
      limits: { actionsPerMinute: 100_000, commandsPerHour: 100_000 },
    } as object,
    env: { TELEGRAM_BOT_TOKEN: peer.token },
  });
  const meter = meterOn(wire);
  const gateway = await startGateway(profile);
  try {
    await pause(2000);
    const before = memoryOf(gateway.pid);
    const start = performance.now();
    for (let n = 0; n < MESSAGES; n++) {
      const chat = 1001 + (n % CHATS);
      meter.tell(String(chat));
      await peer.inject('/help', { id: chat });
      await pause(Math.max(0, start + (n + 1) * EACH_MS - performance.now()));
    }
    while (meter.replied.length < MESSAGES) await pause(50);
    say(`${MESSAGES} messages of ${CHATS} chats, in`, ms(performance.now() - start));
    say('acknowledged to Telegram', percentiles(meter.acknowledged));
    say('reply sent', percentiles(meter.replied));
    say(
      'memory, start and end',
      `${before.toFixed(0)} MB   ${memoryOf(gateway.pid).toFixed(0)} MB`,
    );
  } finally {
    await gateway.kill();
    await wire.close();
    await peer.close();
    profile.remove();
  }
}

interface Meter {
  readonly acknowledged: readonly number[];
  readonly replied: readonly number[];
  /** A message to a chat goes out now. */
  tell(chat: string): void;
}

/** How long each message takes until Telegram may forget it, and until its reply arrives there. */
function meterOn(wire: Wire): Meter {
  const told = new Map<string, number[]>();
  const toldAt: number[] = [];
  const [acknowledged, replied]: [number[], number[]] = [[], []];
  let first: number | undefined;
  const confirm = (offset: number): void => {
    const now = performance.now();
    const upTo = first === undefined ? 0 : Math.min(offset - first, toldAt.length);
    while (acknowledged.length < upTo)
      acknowledged.push(now - (toldAt[acknowledged.length] ?? now));
  };
  wire.watch(({ phase, call: { method, body }, answer }) => {
    if (method === 'getUpdates' && phase === 'arrived') confirm(Number(body.offset ?? 0));
    if (method === 'getUpdates' && phase === 'accepted') first ??= firstUpdateIn(answer ?? '');
    if (method !== 'sendMessage' || phase !== 'arrived') return;
    const at = told.get(String(body.chat_id))?.shift();
    if (at !== undefined) replied.push(performance.now() - at);
  });
  const tell = (chat: string): void => {
    toldAt.push(performance.now());
    told.set(chat, [...(told.get(chat) ?? []), performance.now()]);
  };
  return { acknowledged, replied, tell };
}

function firstUpdateIn(answer: string): number | undefined {
  const [, id] = /"update_id":(\d+)/.exec(answer) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** In turn with the least that durability costs: 4 KiB written over and flushed. */
async function writes(folder: string): Promise<void> {
  const store = await openStore({ file: join(folder, 'writes.db') });
  const audit = createAudit(systemClock);
  const fd = openSync(join(folder, 'floor'), 'w');
  const page = Buffer.alloc(4096, 1);
  const works: readonly (() => unknown)[] = [
    () => {
      writeSync(fd, page, 0, page.length, 0);
      fdatasyncSync(fd);
    },
    () => store.tx((sql) => spoolEvent(sql, eventFor(times[1]?.length ?? 0), 'lane')),
    () => store.tx((sql) => audit(sql, 'done', { run: 'r', digest: 'd'.repeat(64) })),
  ];
  const times = works.map((): number[] => []);
  for (let round = 0; round < WRITES; round++)
    for (const [at, work] of works.entries()) {
      const start = performance.now();
      await work();
      times[at]?.push(performance.now() - start);
    }
  await store.close();
  const [floor = 1, spool = 0, record = 0] = times.map((numbers) => spread(numbers).p50);
  say('floor: 4 KiB over and fdatasync, p50', `${floor.toFixed(3)} ms`);
  say(
    'durable spool insert, p50',
    `${spool.toFixed(3)} ms   ${(spool / floor).toFixed(2)}x the floor`,
  );
  say('audit append, p50', `${record.toFixed(3)} ms   ${(record / floor).toFixed(2)}x the floor`);
}

async function sender(folder: string): Promise<void> {
  for (const toGroup of full ? [5, 24] : [5]) {
    const { sent, refused, disordered, ms: took, idealMs } = await sendMany(folder, toGroup);
    const share = ((100 * refused) / (sent + refused)).toFixed(1);
    say(
      `${sent} messages to Telegram, ${toGroup} to a group`,
      `${ms(took)}   ${(took / idealMs).toFixed(2)}x the ideal   429s ${share} %   out of order ${disordered}`,
    );
  }
}

async function restarts(): Promise<void> {
  const profile = createProfile();
  try {
    const times: number[] = [];
    const bare: number[] = [];
    await (await startGateway(profile)).kill();
    for (let n = 0; n < STARTS; n++) {
      const [node] = timeCommands(1, [[process.execPath, '-e', '0']], profile.env);
      bare.push(node?.p50 ?? 0);
      const start = performance.now();
      const gateway = await startGateway(profile);
      times.push(performance.now() - start);
      await gateway.kill();
    }
    const [ready, node] = [spread(times).p50, spread(bare).p50];
    say('bare node, p50', ms(node));
    say('ready after kill -9, p50', `${ms(ready)}   ${(ready / node).toFixed(1)}x bare node`);
  } finally {
    profile.remove();
  }
}

const folder = mkdtempSync('/var/tmp/atom-load-');
try {
  await writes(folder);
  await restarts();
  await sender(folder);
  await conversation();
} finally {
  rmSync(folder, { recursive: true });
}
