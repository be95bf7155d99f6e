import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { builtAtom } from '../cli/built.ts';
import { belt } from '../jail/attack/belt.ts';
import { leftRunning } from '../jail/attack/traces.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { processesWith } from './stage/processes.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let cards = 0;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  const limits = { wallSeconds: 6, memoryMb: 256, processes: 100, fileMb: 16 };
  const jail = { name: 'work', folder: profile.jail, mode: 'read-write' as const, limits };
  profile.configure({ jails: [jail] });
  gateway = await startGateway(profile, { around: process.getuid?.() === 0 ? belt() : [] });
  seat = await takeSeat(profile);
});
// An agent whose commands end badly is demoted, and a student runs none.
beforeEach(() => profile.setMaturity('intern'));
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

/** Each says that it is there and waits for a word before it goes off. */
const bombs: readonly (readonly [name: string, says: RegExp, script: string])[] = [
  // Ordinary users are refused another process by the kernel.
  ['a fork bomb', /processes|fork|took longer/, 'f() { f | f & }; f; sleep 5'],
  ['a memory bomb', /memory/, 'exec python3 -c "x = [bytearray(8 << 20) for _ in iter(int, 1)]"'],
  [
    'many processes that take memory together',
    /memory/,
    'for i in 1 2 3 4 5 6; do python3 -c "x = bytearray(90 << 20); import time; time.sleep(5)" & done; wait',
  ],
  [
    'a disk filler',
    /filled the disk/,
    'while :; do i=$((i + 1)); head -c 16M /dev/zero > fill$i || exit; done',
  ],
  ['endless output', /endless/, 'yes endless'],
  ['a busy loop', /took longer than 6/, 'while :; do :; done'],
];

/** Runs a script in chat, with a yes, and waits until it says that it is there. */
async function light(script: string): Promise<{ readonly event: string; readonly mark: string }> {
  const mark = `bomb-${newId()}`;
  const wait = `: > ${mark}; while [ ! -e ${mark}-go ]; do sleep 0.05; done`;
  writeFileSync(join(profile.jail, `${mark}.sh`), `${wait}\n${script}\n`);
  const event = await seat.say(`run bash ${mark}.sh`);
  await seat.decide(await seat.asked(cards++), 'approve', true);
  await until('it is there', () => existsSync(join(profile.jail, mark)));
  return { event, mark };
}

/** Another chat asks something; how long it waits for the answer, in ms. */
async function askElsewhere(): Promise<number> {
  const start = performance.now();
  const peer = newId();
  const { event } = await seat.gateway.request('chat.send', { text: '/help', peer, key: peer });
  expect(await seat.answerTo(event)).not.toBe('');
  return performance.now() - start;
}

describe('while it goes off, another chat has its answer, and then nothing of it is left:', () => {
  it.each(bombs)('%s', async (name, says, script) => {
    const { event, mark } = await light(script);
    let over = false;
    const ended = seat.answerTo(event, 20_000).then((text) => {
      over = true;
      return text;
    });
    const waits: number[] = [];
    writeFileSync(join(profile.jail, `${mark}-go`), '');
    do waits.push(await askElsewhere());
    while (!over);
    const text = await ended;
    await until('nothing of it left', () => leftRunning({ root: profile.folder }).length === 0);
    console.log(
      `${name}: ${waits.length} answers elsewhere, the slowest after ${Math.max(...waits).toFixed(0)} ms; ${text.split('\n')[0]}`,
    );
    expect(text).toMatch(says);
  });

  it('a family that ignores SIGTERM, which is still there when the others have their answer', async () => {
    const { event, mark } = await light(
      'trap "" TERM INT HUP; (trap "" TERM HUP; setsid bash -c "while :; do sleep 0.1; done" $0) & while :; do sleep 0.1; done',
    );
    writeFileSync(join(profile.jail, `${mark}-go`), '');
    const ms = await askElsewhere();
    expect(processesWith(mark).length).toBeGreaterThan(1);
    console.log(`a family that ignores SIGTERM: an answer elsewhere after ${ms.toFixed(0)} ms`);
    expect(await seat.ask('/stop')).not.toBe('');
    await seat.answerTo(event);
    await until('nothing of it left', () => leftRunning({ root: profile.folder }).length === 0);
  });
});
