import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { chanceFrom, someSeed } from '../flows/stage/chance.ts';
import { spawnGateway, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { until } from '../flows/stage/until.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';

// A share of them; `npm run faults -- --only kill` kills hundreds of times.
const KILLS = 8;
const MESSAGES = 24;
const FIRST_ID = 1000;
const REPEAT = '(This may be a repeat';

let peer: CrablinePeer;
let profile: Profile;
beforeAll(async () => {
  await builtAtom();
  peer = await startCrabline();
  const allow = Array.from({ length: MESSAGES }, (_, n) => String(FIRST_ID + n));
  profile = createProfile({
    config: {
      channels: { telegram: { enabled: true, allow, apiRoot: peer.apiRoot } },
      limits: { actionsPerMinute: 10_000 },
    },
    env: { TELEGRAM_BOT_TOKEN: peer.token },
  });
});
afterAll(async () => {
  await peer?.close();
  profile?.remove();
});

/** Every third message changes something that shows when it is done twice; the others look. */
const isChange = (n: number): boolean => n % 3 === 0;
const textOf = (n: number): string => (isChange(n) ? `run mkdir d${n}` : `show me f${n}.txt`);

/** How a slow run goes, and what atom asks its owner about a run that a kill cut off; each may be a repeat. */
const NO_ANSWER = /^(?:\(This may be a repeat.*\n)?(?:Running \(|IN DOUBT \w{6}\n)/;

interface AuditRow {
  readonly kind: string;
  readonly body: string;
}

it('loses no message, repeats none in silence and no effect, whenever it is killed', {
  timeout: 120_000,
}, async () => {
  const seed = someSeed();
  console.log(`SEED=${seed}`);
  const chance = chanceFrom(seed);
  for (let n = 0; n < MESSAGES; n++)
    writeFileSync(join(profile.jail, `f${n}.txt`), `content of ${n}\n`);
  await (await startGateway(profile)).kill();
  profile.setMaturity('supervised');

  let told = 0;
  const tell = async (): Promise<void> => {
    const id = FIRST_ID + told;
    if (told < MESSAGES) await peer.inject(textOf(told++), { id });
  };
  for (let kill = 0; kill < KILLS; kill++) {
    const gateway = spawnGateway(profile);
    // Half of the moments lie in the start itself.
    if (chance() > 0.4) await gateway.logged('ready', 20_000);
    for (let i = 0; i < MESSAGES / KILLS; i++) {
      await tell();
      await pause(chance() * 60);
    }
    await pause(chance() * 350);
    await gateway.kill();
  }

  const last = await startGateway(profile);
  const sent = () => peer.sentMessages();
  const answersTo = async (n: number): Promise<readonly string[]> =>
    (await sent())
      .filter(({ chat }) => chat === String(FIRST_ID + n))
      .map(({ text }) => text)
      .filter((text) => !NO_ANSWER.test(text));
  const answered = async (n: number): Promise<boolean> => (await answersTo(n)).length > 0;
  for (let n = 0; n < MESSAGES; n++)
    await until(`an answer to ${textOf(n)}`, () => answered(n), 40_000);
  last.signal('SIGTERM');
  expect(await last.ended).toEqual({ code: 143, signal: null });

  for (let n = 0; n < MESSAGES; n++) {
    const texts = await answersTo(n);
    expect(
      texts.filter((text) => !text.startsWith(REPEAT)).length,
      `${n}: ${texts}`,
    ).toBeLessThanOrEqual(1);
    if (!isChange(n)) expect(texts.at(-1)).toContain(`content of ${n}`);
    expect(texts.join(), 'an effect that was repeated').not.toContain('File exists');
    if (isChange(n) && texts.join().includes('Done'))
      expect(existsSync(join(profile.jail, `d${n}`))).toBe(true);
  }
  expect(profile.rows(`SELECT id FROM spool WHERE state = 'waiting'`)).toEqual([]);
  expect(profile.rows(`SELECT id FROM spool`)).toHaveLength(MESSAGES);
  const begun = profile
    .rows<AuditRow>(`SELECT kind, body FROM audit WHERE kind = 'begun'`)
    .map(({ body }) => JSON.parse(body) as { run: string; action: string })
    .filter(({ action }) => action === 'shell.exec')
    .map(({ run }) => run);
  expect(new Set(begun).size).toBe(begun.length);
  expect(profile.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
});
