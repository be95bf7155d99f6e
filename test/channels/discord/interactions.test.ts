import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/domain/channel.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import {
  APPLICATION,
  BOT,
  DANA,
  GUILD,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../../peers/discord/scripted.ts';
import { freshStore } from '../../store/fresh.ts';
import { watched } from '../telegram/stage.ts';
import { discordFor } from './stage.ts';

let server: ScriptedDiscord;
let channel: Channel;
let events: readonly InboundEvent[];
let hold: Promise<void>;
beforeEach(async () => {
  server = await startScriptedDiscord();
  const { store } = await freshStore();
  channel = discordFor(server, store);
  hold = Promise.resolve();
  const watch = watched(channel, () => hold);
  events = watch.events;
  await expect.poll(watch.state).toBe('ready');
});
afterEach(async () => {
  await channel.close();
  await server.close();
});

const first = (id: string) => server.to('POST', new RegExp(`^/interactions/${id}/`))[0]?.body;
const answered = async (id: string) => {
  await expect.poll(() => first(id)).toBeDefined();
  return first(id);
};
const follows = () => server.to('POST', /^\/webhooks\//).map(({ body }) => body);
const press = (custom_id: string, extra: object = {}) =>
  server.interact({
    type: 3,
    data: { component_type: 2, custom_id, ...extra },
    message: { id: '260000000000000001' },
  });

test('a pressed button is answered once it is stored, with what became of it', async () => {
  const stored = Promise.withResolvers<void>();
  hold = stored.promise;
  const id = press('v1:yes:k7p2:abcdefgh');
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]).toMatchObject({
    kind: 'button',
    text: 'v1:yes:k7p2:abcdefgh',
    externalId: id,
    isGroup: false,
    from: { channel: 'discord', account: BOT, peer: DANA },
    sender: { id: DANA },
    message: '260000000000000001',
  });
  expect(first(id)).toBeUndefined();
  if (events[0]) await channel.acknowledge?.(events[0], 'Approved: k7p2 *now*');
  if (events[0]) await channel.acknowledge?.(events[0], 'again');
  stored.resolve();
  const content = 'Approved\\: k7p2 \\*now\\*';
  expect(first(id)).toEqual({
    type: 4,
    data: { content, flags: 64, allowed_mentions: { parse: [] } },
  });
  expect(follows()).toEqual([]);
});

test('a press of which there is nothing to say is answered without a word', async () => {
  expect(await answered(press('v1:yes:k7p2:abcdefgh'))).toEqual({ type: 6 });
});

test('what cannot be stored in time is never said to have arrived; it is when it can', async () => {
  const stored = Promise.withResolvers<void>();
  hold = stored.promise;
  const id = server.interact({
    type: 2,
    data: {
      type: 1,
      id: '1',
      name: 'atom',
      options: [{ type: 3, name: 'text', value: 'hello' }],
    },
  });
  expect(await answered(id)).toMatchObject({
    type: 4,
    data: { content: expect.stringContaining('could not be stored yet'), flags: 64 },
  });
  expect(follows()).toEqual([]);
  stored.resolve();
  await expect.poll(follows).toEqual([expect.objectContaining({ content: 'hello' })]);
});

test('what is chosen from a list is what its button would carry', async () => {
  press('pick', { component_type: 3, values: ['v1:no:k7p2:abcdefgh'] });
  await expect.poll(() => events[0]?.text).toBe('v1:no:k7p2:abcdefgh');
});

describe('a form', () => {
  const typed = (values: Record<string, string>, custom_id = 'form:totp:k7p2') => {
    const components = Object.entries(values).map(([id, value]) => ({
      type: 18,
      component: { type: 4, custom_id: id, value },
    }));
    return server.interact({ type: 5, data: { custom_id, components } });
  };

  test('opens at once, for the code and the digits that a card wants', async () => {
    const id = press('form:totp:k7p2');
    expect(await answered(id)).toMatchObject({
      type: 9,
      data: {
        custom_id: 'form:totp:k7p2',
        title: 'Approve k7p2',
        components: [
          { label: 'Type k7p2', component: { type: 4, custom_id: 'code', required: true } },
          { component: { type: 4, custom_id: 'proof' } },
        ],
      },
    });
    const other = await answered(press('form:typed:k7p2'));
    expect((other?.data as { components: unknown[] } | undefined)?.components).toHaveLength(1);
    expect(events).toEqual([]);
  });

  test('is an answer typed into the chat', async () => {
    const id = typed({ code: ' K7P2', proof: '123 456' });
    expect(await answered(id)).toEqual({ type: 6 });
    await expect.poll(() => events[0]?.text).toBe('ok k7p2 123 456');
    expect(events[0]).toMatchObject({ kind: 'message', sender: { id: DANA }, isGroup: false });
  });

  test.for<[string, Record<string, string>, string?]>([
    ['another code', { code: 'aaaa', proof: '123456' }],
    ['no digits', { code: 'k7p2', proof: '' }],
    ['words', { code: 'k7p2', proof: 'hello' }],
    ['more than one yes', { code: 'k7p2 always 1', proof: '123456' }],
    ['digits that nobody asked for', { code: 'k7p2 123456' }, 'form:typed:k7p2'],
  ])('with %s goes nowhere, and says so', async ([, values, form]) => {
    expect(await answered(typed(values, form))).toMatchObject({
      data: { content: expect.stringContaining('Nothing was approved'), flags: 64 },
    });
    server.say('later');
    await expect.poll(() => events.map(({ text }) => text)).toEqual(['later']);
  });
});

describe('a command', () => {
  const command = (name: string, value?: string, extra: object = {}) => {
    const options = value === undefined ? [] : [{ type: 3, name: 'x', value }];
    return server.interact({ type: 2, data: { type: 1, id: '1', name, options }, ...extra });
  };
  const echoes = () =>
    server
      .to('POST', /^\/interactions\//)
      .map(({ body }) => (body.data as { content?: string } | undefined)?.content);

  test('is registered', async () => {
    await expect.poll(() => server.to('PUT', /\/commands$/)).toHaveLength(1);
    const [call] = server.to('PUT', /\/commands$/);
    expect(call?.path).toBe(`/applications/${APPLICATION}/commands`);
    const names = ((call?.body ?? []) as unknown as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['atom', 'stop', 'new', 'status', 'link']));
  });

  test('is what its words mean, where it was given', async () => {
    const member = { user: { id: DANA, username: 'dana' } };
    const place = { guild_id: GUILD, channel_id: '135000000000000010', user: undefined, member };
    const id = command('atom', 'list *files*', place);
    command('stop');
    command('undo', 'list');
    await expect
      .poll(() => events.map(({ text }) => text))
      .toEqual(['list *files*', '/stop', '/undo list']);
    expect(events[0]).toMatchObject({
      kind: 'message',
      isGroup: true,
      mentionsMe: true,
      from: { peer: GUILD, thread: '135000000000000010' },
    });
    // What was asked stands in the chat.
    const content = 'list \\*files\\*';
    expect(await answered(id)).toEqual({
      type: 4,
      data: { content, allowed_mentions: { parse: [] } },
    });
  });

  test('that holds a code of the second factor shows none', async () => {
    command('atom', 'ok k7p2 123456');
    const id = command('resume', '123456');
    await expect.poll(() => events.length).toBe(2);
    expect(events[0]?.text).toBe('ok k7p2 123456');
    await expect.poll(() => echoes().length).toBe(2);
    expect(echoes().join(' ')).not.toContain('123456');
    expect(first(id)).toMatchObject({ type: 4, data: { flags: 64 } });
  });
});
