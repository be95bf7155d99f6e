import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayProcess } from '../../flows/stage/gateway-process.ts';
import { until } from '../../flows/stage/until.ts';
import type { Fault } from './fault.ts';
import { inWorld } from './kills.ts';
import type { World } from './world.ts';

/** Answers that wait behind the one that is under way. */
const ANSWERS = 4;
/** Where the lane is free it is taken within one look of the outbox, which is a second. */
const LOOK_MS = 2500;

/**
 * A gateway stops while an answer is under way, somebody takes its socket away, and a second one takes the
 * profile over. Then the first goes on in the middle of what it did, before its lease is over: only the
 * fence of the lane keeps it from writing.
 */
const takeOvers: Fault['strike'] = (times, settings) =>
  inWorld(settings, {}, async (world) => {
    for (let n = 0; n < times; n++)
      await takeOver(world, world.chats[n % world.chats.length] ?? '');
    return times;
  });

async function takeOver(world: World, chat: string): Promise<void> {
  const sends = holdSends(world, chat);
  const first = await world.start();
  for (let n = 1; n <= ANSWERS; n++) {
    await world.tell('look', chat);
    await until('its answer is in the outbox', () => unsent(world) >= n, 30_000);
  }
  await until('an answer under way', () => sends.count() === 1, 30_000);
  // Between two things that it writes down.
  await pause(300);
  const second = await startBeside(world, first);
  await until('the second one sends it', () => sends.count() === 2, 30_000);
  await goOn(first, sends.answerFirst);
  await until('a third', () => sends.count() > 2, LOOK_MS).catch(() => undefined);
  sends.answerAll();
  // Where it does not come through, the judge will say so.
  await until('every answer', world.isQuiet, world.patienceMs).catch(() => undefined);
  second.signal('SIGTERM');
  await second.ended;
}

/** Tries this often to stop the first one where it does not hold the database. */
const TRIES = 5;

async function startBeside(
  world: World,
  first: GatewayProcess,
  tries = TRIES,
): Promise<GatewayProcess> {
  first.signal('SIGSTOP');
  rmSync(world.profile.paths.socket, { force: true });
  try {
    return await world.start();
  } catch (error) {
    if (tries <= 1 || !String(error).includes('SQLITE_BUSY')) throw error;
    // It stopped in the middle of a commit.
    first.signal('SIGCONT');
    await pause(300);
    return startBeside(world, first, tries - 1);
  }
}

/** Lets the first one hear that its answer arrived, until it has written that down or was kept from it. */
async function goOn(first: GatewayProcess, answer: () => void): Promise<void> {
  answer();
  first.signal('SIGCONT');
  await Promise.race([
    first.logged('reply dispatched', 30_000),
    first.logged('the outbox stumbled', 30_000),
  ]).finally(() => first.kill());
}

/** Telegram takes what is sent to one chat, and its answers are held back. */
function holdSends({ telegram }: World, chat: string) {
  const [mine, rest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let count = 0;
  telegram.rule(({ method, body }) => {
    if (method !== 'sendMessage' || String(body.chat_id) !== chat) return 'pass';
    count += 1;
    return { until: count === 1 ? mine.promise : rest.promise };
  });
  return { count: () => count, answerFirst: mine.resolve, answerAll: rest.resolve };
}

const unsent = ({ profile }: World): number =>
  profile.rows(`SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')`).length;

export const twoGateways: readonly Fault[] = [
  { name: 'two-gateways', nightly: 20, usual: 2, strike: takeOvers },
];
