import { globSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { GatewayProcess } from '../../flows/stage/gateway-process.ts';
import { until } from '../../flows/stage/until.ts';
import type { Fault } from './fault.ts';
import { inWorld } from './kills.ts';
import type { World } from './world.ts';

const HOUR = 3600;
const JUMPS = [HOUR, -HOUR, 24 * HOUR, -24 * HOUR, -25 * HOUR];

const library = (): string | undefined =>
  globSync('/usr/lib/{*/faketime,faketime}/libfaketimeMT.so.1')[0];

const missing = (): string | undefined =>
  library() === undefined ? 'needs libfaketime (Debian: apt-get install faketime)' : undefined;

/** A clock of the gateway's that can be set while it runs. `all`: the one that only counts as well. */
function clockOf({ profile }: World, all: boolean) {
  const file = join(profile.folder, 'clock');
  let ahead = 0;
  const set = (): void => {
    // In one step: the gateway reads it at any time.
    writeFileSync(`${file}.new`, `${ahead < 0 ? '' : '+'}${ahead}\n`);
    renameSync(`${file}.new`, file);
  };
  set();
  return {
    env: {
      LD_PRELOAD: library() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      ...(all ? {} : { FAKETIME_DONT_FAKE_MONOTONIC: '1' }),
    },
    move: (seconds: number): void => {
      ahead += seconds;
      set();
    },
  };
}

/** Somebody sets the time, again and again, while people talk. */
const jumps: Fault['strike'] = (times, settings) =>
  inWorld(settings, {}, async (world) => {
    const { chance, tell } = world;
    const clock = clockOf(world, false);
    const gateway = await world.start({ env: clock.env });
    for (let n = 0; n < times; n++) {
      for (let more = 0; more < 3; more++) await tell();
      await pause(chance() * 400);
      clock.move(JUMPS[n % JUMPS.length] ?? 0);
      for (let more = 0; more < 2; more++) await tell();
      await pause(chance() * 400);
    }
    await pause(2000);
    await gateway.kill();
    return times;
  });

/** Longer than any lease. */
const ASLEEP_SECONDS = 70;
/** Chats whose answers are kept from the gateway: fewer than it takes to leave Telegram alone for a minute. */
const UNDER_WAY = 3;

/**
 * The gateway sleeps while answers are under way to it, and wakes when its leases are over. Where its clock
 * can be moved it does not take the time.
 */
const sleeps =
  (fast: boolean): Fault['strike'] =>
  (times, settings) =>
    inWorld(settings, {}, async (world) => {
      const clock = fast ? clockOf(world, true) : undefined;
      const gateway = await world.start(clock ? { env: clock.env } : {});
      for (let n = 0; n < times; n++) await oneSleep(world, gateway, clock?.move);
      const came = await until('every answer', world.isQuiet, 100_000).catch(() => false);
      await gateway.kill();
      const wrong = came ? [] : ['not every message was answered before the next start'];
      return { struck: times, wrong };
    });

async function oneSleep(
  { chance, tell, telegram }: World,
  gateway: GatewayProcess,
  move: ((seconds: number) => void) | undefined,
): Promise<void> {
  const kept = new Set<unknown>();
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    telegram.rule(({ method, body }) => {
      if (method !== 'sendMessage') return 'pass';
      if (kept.size < UNDER_WAY) kept.add(body.chat_id);
      return kept.has(body.chat_id) ? { until: promise } : 'pass';
    });
    return resolve;
  };
  const answerFirst = hold();
  for (let more = 0; more < 24; more++) await tell();
  await until('answers under way', () => kept.size >= UNDER_WAY, 90_000);
  await pause(1000 + chance() * 1500);
  gateway.signal('SIGSTOP');
  // Whoever took the lane from itself when it woke would send what is under way a second time.
  const answerAgain = hold();
  answerFirst();
  move?.(ASLEEP_SECONDS);
  await pause(move ? 200 : ASLEEP_SECONDS * 1000);
  gateway.signal('SIGCONT');
  await pause(2500 + chance() * 1500);
  let came = 0;
  telegram.rule(({ method }) => {
    if (method === 'sendMessage') came += 1;
    return 'pass';
  });
  answerAgain();
  // What the sleep broke off counts as failures of Telegram's, and a few more would have it left alone.
  await until('an answer that came through', () => came > 1, 90_000);
}

export const clocks: readonly Fault[] = [
  { name: 'clock', nightly: 60, usual: 5, missing, strike: jumps },
  { name: 'sleep', nightly: 50, usual: 2, missing, strike: sleeps(true) },
  { name: 'sleep-real', nightly: 5, usual: 1, strike: sleeps(false) },
];
