import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { until } from '../flows/stage/until.ts';
import { startTelegramTestApi } from '../peers/telegram-test-api.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

it('a question that a crash cut off is asked again, and its old card decides nothing', async () => {
  const peer = await startTelegramTestApi();
  opened.push(peer.close);
  const { apiRoot, token } = peer;
  const profile = createProfile({
    config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot } } },
    env: { TELEGRAM_BOT_TOKEN: token },
  });
  opened.push(profile.remove);
  const card = (nth: number) =>
    until(`card ${nth}`, async () =>
      (await peer.sentMessages()).filter(({ text }) => text.includes('APPROVAL')).at(nth),
    );

  const first = await startGateway(profile);
  opened.push(first.kill);
  await peer.inject('make folder photos');
  const [oldYes = ''] = (await card(0)).buttons.flat();
  await until(
    'the card on record',
    () => profile.rows(`SELECT id FROM outbox WHERE state = 'sent'`).length === 1,
  );
  await first.kill();

  const second = await startGateway(profile);
  opened.push(second.kill);
  const [newYes = ''] = (await card(1)).buttons.flat();
  await until('the old card marked', async () =>
    (await peer.sentMessages()).some(({ text, edits }) => edits && text.startsWith('Expired')),
  );
  await peer.pressButton(oldYes);
  await until(
    'the press',
    () => profile.rows(`SELECT id FROM spool WHERE state = 'dropped'`).length === 1,
  );
  expect(profile.rows(`SELECT state FROM approval ORDER BY asked_at`)).toEqual([
    { state: 'expired' },
    { state: 'pending' },
  ]);
  expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
  await peer.pressButton(newYes);
  await until('the folder', () => existsSync(join(profile.jail, 'photos')));
});
