import { existsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { HookAnswer, HookRequest } from '../../src/domain/hook.ts';
import { shownOf } from '../channels/slack/stage.ts';
import { builtAtom } from '../cli/built.ts';
import { seen } from '../peers/discord/peer.ts';
import { BOT, DANA, GUILD, startScriptedDiscord } from '../peers/discord/scripted.ts';
import { freePort } from '../peers/free-port.ts';
import { startSlack } from '../peers/slack.ts';
import { OWN_NUMBER, startTwilio } from '../peers/twilio.ts';
import { startGateway } from './stage/gateway-process.ts';
import { createProfile } from './stage/profile.ts';
import { takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const PHONE = '15552223333';
const GENERAL = 'C000000001';
const DISCORD_THREAD = '135000000000000777';

/** One gateway for three workplaces of one owner. */
async function setDay() {
  const [slack, discord, twilio] = await Promise.all([
    startSlack(),
    startScriptedDiscord(),
    startTwilio(),
  ]);
  opened.push(slack.close, discord.close, twilio.close);
  const port = await freePort();
  twilio.answerWith((given) => post(port, given));
  const profile = createProfile({
    config: {
      webhooks: { port },
      channels: {
        slack: { allow: [slack.dana], apiRoot: slack.apiRoot },
        discord: { allow: [DANA], apiRoot: discord.apiRoot },
        sms: {
          accountSid: twilio.accountSid,
          from: OWN_NUMBER,
          allow: [PHONE],
          apiRoot: twilio.apiRoot,
        },
      },
    } as never,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      DISCORD_BOT_TOKEN: discord.token,
      TWILIO_AUTH_TOKEN: twilio.token,
      DBUS_SESSION_BUS_ADDRESS: '',
    },
  });
  opened.push(profile.remove);
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    writeFileSync(join(profile.jail, `${name}.txt`), `word ${name}\n`);
  const start = async () => {
    const gateway = await startGateway(profile);
    opened.push(gateway.kill);
    const seat = await takeSeat(profile);
    opened.push(seat.leave);
    return { gateway, seat };
  };
  const texts = {
    slack: async () => shownOf(await slack.messages(), slack.bot).map(({ text }) => text),
    discord: async () =>
      discord.sent().map(({ body }) => seen(body.embeds?.[0]?.description ?? body.content ?? '')),
    sms: async () => (await twilio.sent()).map(({ body }) => body),
  };
  const on = (where: keyof typeof texts, words: string) =>
    until(`“${words}” on ${where}`, async () =>
      (await texts[where]()).find((text) => text.includes(words)),
    );
  const is = (name: string) => existsSync(join(profile.jail, name));
  return { slack, discord, twilio, profile, start, texts, on, is };
}

/** Hands on what Twilio posts, as a proxy would: to the letter, under the name that it was posted to. */
const post = (port: number, { url, headers, body }: HookRequest): Promise<HookAnswer> =>
  new Promise((resolve, reject) => {
    const path = new URL(url).pathname;
    request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0 });
    })
      .on('error', reject)
      .end(body);
  });

const codeIn = (text: string): string => /APPROVAL (\w{4})/.exec(text)?.[1] ?? '';

it('a day at work: four surfaces at once, one of them breaks, and what is asked in one is answered in another', async () => {
  const { slack, discord, twilio, start, texts, on, is } = await setDay();
  const morning = await start();
  const health = async (seat: typeof morning.seat, name: string) =>
    (await seat.gateway.request('status', {})).channels.find((one) => one.name === name)?.health;
  for (const name of ['slack', 'discord', 'sms'])
    await until(
      `${name} is ready`,
      async () => (await health(morning.seat, name))?.state === 'ready',
    );

  // All at once, each answered where it was said.
  const [told] = await Promise.all([
    morning.seat.ask('show me four.txt'),
    slack.say('show me one.txt'),
    twilio.inject('hello', PHONE),
    Promise.resolve(discord.say('show me two.txt')),
  ]);
  expect(told).toContain('word four');
  await Promise.all([on('slack', 'word one'), on('discord', 'word two')]);
  await until('an answer by SMS', async () => (await texts.sms()).length > 0);

  // Asked in a thread of Slack, answered by SMS.
  const root = '1700000000.000100';
  const general = { channel: GENERAL, channel_type: 'channel' };
  await slack.say(`<@${slack.bot}> make folder photos`, {
    ...general,
    type: 'app_mention',
    ts: root,
  });
  const code = codeIn(await on('sms', 'APPROVAL'));
  for (const where of ['slack', 'discord'] as const) await on(where, `APPROVAL ${code}`);
  expect(is('photos')).toBe(false);
  await twilio.inject(`Y ${code}`, PHONE);
  await until('the folder', () => is('photos'));
  const inThread = await until('an answer in the thread', async () =>
    (await slack.thread(GENERAL, root)).find(({ user }) => user === slack.bot),
  );
  expect(inThread.thread_ts).toBe(root);
  for (const where of ['slack', 'discord'] as const) await on(where, `Approved by sms ${PHONE}`);

  // Asked in a thread of Discord, answered by a button of Slack.
  discord.say(`<@${BOT}> make folder plans`, {
    channel_id: DISCORD_THREAD,
    guild_id: GUILD,
    mentions: [{ id: BOT }],
  });
  const yes = await until('a card on Slack', async () =>
    shownOf(await slack.messages(), slack.bot)
      .filter(({ text }) => text.includes('APPROVAL'))
      .flatMap(({ buttons }) => buttons)
      .find((data) => data.startsWith('v1:yes:')),
  );
  await slack.press(yes);
  await until('the folder', () => is('plans'));
  await until('an answer in the thread of Discord', () =>
    discord.sent().some(({ channel }) => channel === DISCORD_THREAD),
  );
  await on('discord', `Approved by slack ${slack.dana}`);

  // Discord does not take the token any more: it says so, and the others go on.
  discord.closeEach(4004);
  discord.forgetSessions();
  discord.cut();
  await until(
    'Discord fails',
    async () => (await health(morning.seat, 'discord'))?.state === 'failed',
  );
  expect(await health(morning.seat, 'discord')).toMatchObject({
    reason: expect.stringContaining('Discord does not accept the token (4004)'),
  });
  discord.said('show me five.txt');
  const before = (await texts.sms()).length;
  const [again] = await Promise.all([
    morning.seat.ask('show me two.txt'),
    slack.say('show me three.txt'),
    twilio.inject('hello', PHONE),
  ]);
  expect(again).toContain('word two');
  await on('slack', 'word three');
  await until('an answer by SMS', async () => (await texts.sms()).length > before);
  const asked = morning.seat.events.filter(({ kind }) => kind === 'approval.asked').length;
  const event = await morning.seat.say('make folder drafts');
  const card = await morning.seat.asked(asked);
  await on('slack', `APPROVAL ${card.code}`);
  await slack.say(`no ${card.code}`);
  expect(await morning.seat.answerTo(event)).toContain('You said no');
  expect(is('drafts')).toBe(false);
  expect(morning.gateway.stderr()).not.toMatch(/xoxb-|xapp-|a token of the tests/);

  // Mended: what was said meanwhile is answered, once.
  await morning.gateway.kill();
  discord.closeEach(undefined);
  const evening = await start();
  await until(
    'Discord is well',
    async () => (await health(evening.seat, 'discord'))?.state === 'ready',
  );
  await on('discord', 'word five');
  expect(await evening.seat.ask('show me one.txt')).toContain('word one');
  for (const [where, word] of [
    ['slack', 'word one'],
    ['slack', 'word three'],
    ['discord', 'word two'],
    ['discord', 'word five'],
  ] as const)
    expect((await texts[where]()).filter((text) => text.includes(word))).toHaveLength(1);
}, 60_000);
