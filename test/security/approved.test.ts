import {
  chmodSync,
  existsSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type Seat, takeSeat } from '../flows/stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let cards = 0;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

const inJail = (name: string): string => join(profile.jail, name);

function script(name: string, does: string): void {
  writeFileSync(inJail(name), `#!/bin/sh\n${does}\n`);
  chmodSync(inJail(name), 0o755);
}

/** Asks for something, lets `meanwhile` happen before the yes, and returns the answer. */
async function approvedAfter(text: string, meanwhile: () => void): Promise<string> {
  const event = await seat.say(text);
  const card = await seat.asked(cards++);
  meanwhile();
  await seat.decide(card, 'approve', true);
  return seat.answerTo(event);
}

describe('what was approved is what runs:', () => {
  it('a script that nobody touched', async () => {
    script('good.sh', 'echo good > made');
    expect(await approvedAfter('run ./good.sh', () => undefined)).toContain('Done');
    expect(readFileSync(inJail('made'), 'utf8')).toBe('good\n');
  });

  it.each([
    ['is written anew', () => script('a.sh', 'echo bad > spoiled')],
    [
      'is replaced by another',
      () => {
        script('b.sh', 'echo bad > spoiled');
        renameSync(inJail('b.sh'), inJail('a.sh'));
      },
    ],
    [
      'becomes a link to another',
      () => {
        script('b.sh', 'echo bad > spoiled');
        renameSync(inJail('a.sh'), inJail('old.sh'));
        symlinkSync('b.sh', inJail('a.sh'));
      },
    ],
  ])('nothing, where the script %s between the card and the yes', async (_, meanwhile) => {
    for (const line of ['run ./a.sh', 'run sh a.sh']) {
      script('good.sh', 'echo good > good');
      renameSync(inJail('good.sh'), inJail('a.sh'));
      expect(await approvedAfter(line, meanwhile), line).toContain('changed');
      expect(existsSync(inJail('spoiled')), line).toBe(false);
      expect(existsSync(inJail('good')), line).toBe(false);
    }
  });

  it('nothing, where the file to write is another by then', async () => {
    writeFileSync(inJail('list.txt'), 'milk\n');
    const answer = await approvedAfter('write bread to list.txt', () =>
      writeFileSync(inJail('list.txt'), 'eggs\n'),
    );
    expect(answer).toContain('changed');
    expect(readFileSync(inJail('list.txt'), 'utf8')).toBe('eggs\n');
  });

  it('once: the same words ask again', async () => {
    expect(await approvedAfter('make folder photos', () => undefined)).toContain('Done');
    const event = await seat.say('make folder photos');
    await seat.decide(await seat.asked(cards++), 'deny');
    expect(await seat.answerTo(event)).toContain('You said no');
  });

  it('by one of two who say yes at the same time', async () => {
    const event = await seat.say('run mkdir both');
    const card = await seat.asked(cards++);
    const answers = await Promise.all([
      seat.decide(card, 'approve'),
      seat.decide(card, 'approve'),
      seat.decide(card, 'deny'),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await seat.answerTo(event)).not.toContain('File exists');
  });
});
