import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createProfile } from '../flows/stage/profile.ts';
import { startBusyTelegram } from './busy-telegram.ts';
import { memoryOf, startGateway } from './measure.ts';

export interface Conversing {
  readonly ms: number;
  /** Until Telegram was told that each message is kept, and until each reply arrived there, in ms. */
  readonly acknowledged: readonly number[];
  readonly replied: readonly number[];
  /** Of the gateway: at the start, and after each quarter of the messages. */
  readonly memoryMb: readonly number[];
  /** What the gateway's processor had to do for one message, all in all. */
  readonly cpuMsEach: number;
}

const CHATS = 100;
/** What they say in turn: all but the last goes through the planner, and none runs a command. */
const SAID = ['hello', 'what can you do?', 'thank you', '/help'] as const;
/** How often the memory is looked at on the way. */
const LOOKS = 4;
/** Below the 29 a second that Telegram lets a bot send, so that what is measured is no queue of its making. */
const EACH_MS = 1000 / 25;
const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');

/**
 * 100 people write to one gateway in turn, none before the last one of theirs was answered: on a machine
 * that cannot keep up, it takes longer, and ends.
 */
export async function converse(messages: number): Promise<Conversing> {
  const telegram = await startBusyTelegram();
  const allow = Array.from({ length: CHATS }, (_, n) => String(1001 + n));
  const config = {
    channels: { telegram: { enabled: true, allow, apiRoot: telegram.apiRoot } },
    limits: { actionsPerMinute: 100_000, commandsPerHour: 100_000 },
  };
  const env = { TELEGRAM_BOT_TOKEN: '1:busy' };
  const profile = createProfile({ config: config as object, env });
  const gateway = await startGateway(atom, profile.env);
  try {
    await gateway.settled();
    const memoryMb = [memoryOf(gateway.pid)];
    const cpu = cpuOf(gateway.pid);
    const start = performance.now();
    for (let n = 0; n < messages; n++) {
      const chat = 1001 + (n % CHATS);
      while (telegram.open(chat) > 0) await pause(5);
      telegram.say(chat, SAID[(n + Math.floor(n / CHATS)) % SAID.length] ?? '');
      if ((n + 1) % (messages / LOOKS) === 0) memoryMb.push(memoryOf(gateway.pid));
      await pause(Math.max(0, start + (n + 1) * EACH_MS - performance.now()));
    }
    while (telegram.replied.length < messages) await pause(20);
    return {
      ms: performance.now() - start,
      acknowledged: telegram.acknowledged,
      replied: telegram.replied,
      memoryMb,
      cpuMsEach: (cpuOf(gateway.pid) - cpu) / messages,
    };
  } finally {
    await gateway.kill();
    await telegram.close();
    profile.remove();
  }
}

/** Milliseconds that the processor has worked for a process (Linux; elsewhere NaN). */
function cpuOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime, in hundredths of a second (proc(5)).
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
