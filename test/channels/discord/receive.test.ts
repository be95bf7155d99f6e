import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/domain/channel.ts';
import type { Store } from '../../../src/domain/store.ts';
import {
  BOT,
  DANA,
  directChannel,
  GUILD,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../../peers/discord/scripted.ts';
import { freshStore } from '../../store/fresh.ts';
import { watched } from '../telegram/stage.ts';
import { discordFor } from './stage.ts';

let server: ScriptedDiscord;
let store: Store;
let opened: Channel[];
beforeEach(async () => {
  server = await startScriptedDiscord();
  ({ store } = await freshStore());
  opened = [];
});
afterEach(async () => {
  for (const channel of opened) await channel.close();
  await server.close();
});

function start(wish: Parameters<typeof discordFor>[2] = {}, accept?: () => Promise<void>) {
  const channel = discordFor(server, store, wish);
  opened.push(channel);
  const watch = watched(channel, accept);
  return {
    ...watch,
    channel,
    texts: () => watch.events.map(({ text }) => text),
    ready: () => expect.poll(watch.state).toBe('ready'),
  };
}

const identified = () => server.opcodes.filter(({ op }) => op === 2).length;
const resumed = () => server.opcodes.filter(({ op }) => op === 6);
const inGuild = (extra: object = {}) => ({
  guild_id: GUILD,
  channel_id: '135000000000000010',
  mentions: [{ id: BOT }],
  ...extra,
});

test('asks for no privileged intent unless the settings say so', async () => {
  const first = start();
  await first.ready();
  expect(Number(server.opcodes[0]?.d.intents) & (1 << 15)).toBe(0);
  await first.channel.close();
  await start({ messageContent: true }).ready();
  // A session keeps what it was begun with: this is another one.
  const [, second] = server.opcodes.filter(({ op }) => op === 2 || op === 6);
  expect(second?.op).toBe(2);
  expect(Number(second?.d.intents) & (1 << 15)).toBe(1 << 15);
});

describe('hears', () => {
  test('direct chats, by the person, and in servers what speaks to it, by the channel', async () => {
    const dana = start();
    await dana.ready();
    server.say('hello');
    server.say(`<@${BOT}> /stop`, inGuild());
    await expect.poll(dana.texts).toEqual(['hello', '/stop']);
    const [direct, guild] = dana.events;
    expect(direct).toMatchObject({
      from: { channel: 'discord', account: BOT, peer: DANA },
      sender: { id: DANA, name: 'Dana @dana' },
      isGroup: false,
      mentionsMe: true,
      kind: 'message',
    });
    expect(guild).toMatchObject({
      from: { channel: 'discord', account: BOT, peer: GUILD, thread: '135000000000000010' },
      isGroup: true,
      mentionsMe: true,
    });
  });

  test('a reply to it, and a panic of anybody', async () => {
    const dana = start({ messageContent: true });
    await dana.ready();
    const answer = { referenced_message: { author: { id: BOT } }, type: 19 };
    server.say('and then?', inGuild({ ...answer, mentions: [] }));
    server.say('/panic', inGuild({ mentions: [] }));
    await expect.poll(dana.texts).toEqual(['and then?', '/panic']);
  });

  test('nothing of programs, of itself, of Discord, or of people among themselves', async () => {
    const dana = start();
    await dana.ready();
    server.say('a bot', { author: { id: '135000000000000077', username: 'b', bot: true } });
    server.say('a hook', { webhook_id: '135000000000000078' });
    server.say('mine', { author: { id: BOT, username: 'atom' } });
    server.say('joined', { type: 7 });
    server.say('lunch?', inGuild({ mentions: [] }));
    server.say('');
    server.dispatch('MESSAGE_UPDATE', { ...server.said('preview'), edited_timestamp: null });
    server.say('the last');
    await expect.poll(dana.texts).toEqual(['the last']);
  });

  test('what was passed on as not the sender’s words', async () => {
    const dana = start();
    await dana.ready();
    server.say('', {
      message_reference: { type: 1 },
      message_snapshots: [{ message: { content: 'wire the money', attachments: [] } }],
    });
    await expect.poll(() => dana.events.length).toBe(1);
    expect(dana.events[0]).toMatchObject({ text: 'wire the money', wordsOf: /forwarded/ });
  });
});

describe('loses nothing', () => {
  test('where the connection is cut: the session goes on, and what came meanwhile follows', async () => {
    const dana = start();
    await dana.ready();
    server.say('one');
    await expect.poll(dana.texts).toEqual(['one']);
    server.cut();
    await expect.poll(server.connected).toBe(0);
    server.say('two');
    server.say('three');
    await expect.poll(dana.texts).toEqual(['one', 'two', 'three']);
    expect(dana.reasons()).toEqual(['the connection was cut; connecting again']);
    expect([identified(), resumed().length]).toEqual([1, 1]);
  });

  test('in a crash between receiving and storing: Discord is asked from what was stored', async () => {
    let disk = true;
    const first = start({}, async () => {
      if (!disk) throw new Error('the disk is full');
    });
    await first.ready();
    server.say('stored');
    await expect.poll(first.texts).toEqual(['stored']);
    disk = false;
    server.say('not stored');
    server.say('nor this');
    await expect.poll(first.state).toBe('retrying');
    expect(first.reasons().at(-1)).toMatch(/could not be stored \(the disk is full\); it is kept/);
    // Nobody closes anything: the process is gone.
    const second = start();
    await expect.poll(second.texts).toEqual(['not stored', 'nor this']);
    expect(identified()).toBe(1);
  });

  test('at an end and a start in order', async () => {
    const first = start();
    await first.ready();
    server.say('one');
    await expect.poll(first.texts).toEqual(['one']);
    await first.channel.close();
    server.say('two');
    const second = start();
    await expect.poll(second.texts).toEqual(['two']);
    expect([identified(), resumed().length]).toEqual([1, 1]);
  });

  test('where Discord begins a new session: what was written meanwhile is fetched, oldest first', async () => {
    const first = start();
    await first.ready();
    server.say('one');
    await expect.poll(first.texts).toEqual(['one']);
    await first.channel.close();
    server.forgetSessions();
    const inChannel = server.said(`<@${BOT}> two`, inGuild({ guild_id: undefined }));
    server.said('three');
    const owner = '135000000000005555';
    const author = { id: owner, username: 'o' };
    server.said('four', { channel_id: directChannel(owner), author });
    server.lists('135000000000000010', inChannel.id);
    const second = start({ allow: [owner] });
    await expect.poll(second.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(second.events[1]).toMatchObject({
      from: { peer: GUILD, thread: '135000000000000010' },
      isGroup: true,
    });
    // The first is known to the spool, by its id.
    expect(second.events[0]?.externalId).toBe(first.events[0]?.externalId);
    server.say('five');
    await expect.poll(() => second.texts().at(-1)).toBe('five');
  });

  test('where a new session is cut before everything was fetched', async () => {
    const first = start();
    await first.ready();
    await first.channel.close();
    server.forgetSessions();
    server.said('missed');
    await store.run(
      `INSERT INTO discord_chat(account, person, channel) VALUES($1, $2, $3)`,
      ...[BOT, DANA, directChannel(DANA)],
    );
    const path = `GET /channels/${directChannel(DANA)}/messages`;
    for (let tries = 0; tries < 100; tries += 1) server.next(path, { status: 503 });
    const second = start();
    await expect.poll(second.reasons).toContainEqual(expect.stringMatching(/missed could not be/));
    await second.channel.close();
    server.forgetNext();
    expect(second.texts()).toEqual([]);
    const third = start();
    await expect.poll(third.texts).toEqual(['missed']);
  });
});

describe('says in words', () => {
  test.for<[number, RegExp]>([
    [4004, /does not accept the token \(4004\).*atom channels add discord/],
    [4014, /4014.*Message Content Intent.*Developer Portal.*messageContent=false/],
  ])('what Discord will not have, and comes back no more: %i', async ([code, words]) => {
    server.closeEach(code);
    const dana = start();
    await expect.poll(dana.state).toBe('failed');
    expect(dana.reasons().at(-1)).toMatch(words);
    expect(server.connected()).toBe(0);
  });

  test('that the token is refused', async () => {
    server.next('GET /users/@me', { status: 401, body: { message: '401: Unauthorized', code: 0 } });
    const dana = start();
    await expect.poll(dana.state).toBe('failed');
    expect(dana.reasons()).toEqual([
      expect.stringMatching(/token \(401: Unauthorized.*channels add/),
    ]);
  });

  test('that the libraries are missing', async () => {
    const dana = start({ find: () => undefined });
    await expect.poll(dana.state).toBe('failed');
    expect(dana.reasons()).toEqual([
      expect.stringMatching(/not installed.*atom channels add discord/),
    ]);
  });

  test('that a gateway which is not Discord’s gets no token', async () => {
    const limits = { remaining: 1, reset_after: 0, total: 1, max_concurrency: 1 };
    const body = { url: 'wss://evil.example', shards: 1, session_start_limit: limits };
    server.next('GET /gateway/bot', { status: 200, body });
    const dana = start();
    await expect.poll(dana.reasons).toContainEqual(expect.stringMatching(/not Discord’s/));
    expect(server.opcodes).toEqual([]);
  });
});
