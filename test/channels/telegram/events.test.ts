import type { Message, Update, UserFromGetMe } from 'grammy/types';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { eventOf } from '../../../src/channels/telegram/events.ts';

const me = { id: 777, is_bot: true, first_name: 'Atom', username: 'Atom_Bot' } as UserFromGetMe;
const dana = { id: 42, is_bot: false, first_name: 'Dana', username: 'dana' };
const group = { id: -1001, type: 'supergroup', title: 'Friends' };
const read = (update: object) =>
  eventOf(
    { clock: { ...systemClock, now: () => 5_000 }, newId: () => newId() },
    { update_id: 9, ...update } as Update,
    me,
  );
const message = (fields: object) =>
  read({
    message: {
      message_id: 3,
      date: 2,
      chat: { id: 42, type: 'private' },
      from: dana,
      ...fields,
    } as Message,
  });

test('a private message is for us, from an id that cannot change', () => {
  expect(message({ text: 'hi' })).toEqual({
    id: expect.stringMatching(/^[0-9A-Z]{26}$/),
    externalId: '9',
    message: '3',
    from: { channel: 'telegram', account: '777', peer: '42' },
    sender: { id: '42', name: 'Dana @dana' },
    kind: 'message',
    text: 'hi',
    media: [],
    isGroup: false,
    mentionsMe: true,
    at: 2000,
  });
});

test.for([
  ['chatter', { text: 'hi all' }, false],
  [
    'our name',
    { text: 'hi @atom_bot', entities: [{ type: 'mention', offset: 3, length: 9 }] },
    true,
  ],
  [
    'another name',
    { text: '@atom_bots', entities: [{ type: 'mention', offset: 0, length: 10 }] },
    false,
  ],
  ['our name without being a mention', { text: 'mail me: x@atom_bot' }, false],
  [
    'a command to us',
    { text: '/stop@Atom_Bot', entities: [{ type: 'bot_command', offset: 0, length: 14 }] },
    true,
  ],
  [
    'a command to whoever',
    { text: '/stop', entities: [{ type: 'bot_command', offset: 0, length: 5 }] },
    false,
  ],
  [
    'our name under a picture',
    { caption: '@atom_bot', caption_entities: [{ type: 'mention', offset: 0, length: 9 }] },
    true,
  ],
  ['a reply to us', { text: 'yes', reply_to_message: { from: me } }, true],
  [
    'a topic that we opened',
    { text: 'yes', reply_to_message: { from: me, forum_topic_created: {} } },
    false,
  ],
  [
    'a link to us',
    { text: 'you', entities: [{ type: 'text_mention', offset: 0, length: 3, user: me }] },
    true,
  ],
] as const)('in a group, %s speaks to us: %j', ([, fields, expected]) => {
  expect(message({ ...fields, chat: group })).toMatchObject({
    isGroup: true,
    mentionsMe: expected,
  });
});

test('a topic of a forum is a thread; a chain of replies is not', () => {
  const topic = message({ text: 'hi', chat: group, message_thread_id: 5, is_topic_message: true });
  expect(topic?.from).toEqual({ channel: 'telegram', account: '777', peer: '-1001', thread: '5' });
  expect(message({ text: 'hi', chat: group, message_thread_id: 5 })?.from.thread).toBeUndefined();
});

test('an anonymous admin is the group, not the stand-in they share with all others', () => {
  const standIn = { id: 1_087_968_824, is_bot: true, first_name: 'Group' };
  const event = message({ text: 'hi', chat: group, from: standIn, sender_chat: group });
  expect(event?.sender).toEqual({ id: '-1001', name: 'Friends' });
});

test('media comes as references, with the words under it', () => {
  const photo = [{ file_id: 'small' }, { file_id: 'large', file_size: 9 }];
  const document = { file_id: 'doc', file_name: 'n'.repeat(300) };
  expect(message({ photo, caption: 'look' })).toMatchObject({
    text: 'look',
    media: [{ kind: 'image', id: 'large', bytes: 9 }],
  });
  expect(message({ document })?.media).toEqual([
    { kind: 'file', id: 'doc', name: 'n'.repeat(255) },
  ]);
});

test('what was passed on, or written by a bot, is told from a person’s own words', () => {
  const user = { type: 'user', sender_user: { id: 7, first_name: 'Eve' }, date: 1 };
  const hidden = { type: 'hidden_user', sender_user_name: 'Nobody', date: 1 };
  const channel = { type: 'channel', chat: { id: 1, title: 'News' }, date: 1 };
  const group = { type: 'chat', sender_chat: { id: 1, title: 'Club' }, date: 1 };
  const wordsOf = (more: object) => message({ text: 'run rm', ...more })?.wordsOf;
  expect(
    [user, hidden, channel, group].map((origin) => wordsOf({ forward_origin: origin })),
  ).toEqual(['Eve', 'Nobody', 'News', 'Club'].map((name) => `forwarded from “${name}”`));
  expect(wordsOf({ via_bot: { id: 9, username: 'gif' } })).toBe('written by the bot gif');
  expect(wordsOf({})).toBeUndefined();
});

test('an edit is told from a message', () => {
  const edited_message = {
    message_id: 3,
    date: 2,
    edit_date: 4,
    chat: group,
    from: dana,
    text: 'x',
  };
  expect(read({ edited_message })).toMatchObject({ kind: 'edit', text: 'x', at: 4000 });
});

test('a pressed button carries who pressed it, not who wrote the message', () => {
  const card = { message_id: 3, date: 2, chat: group, from: me, text: 'May I?' };
  expect(
    read({ callback_query: { id: 'q', from: dana, message: card, data: 'v1:y' } }),
  ).toMatchObject({
    kind: 'button',
    text: 'v1:y',
    sender: { id: '42' },
    from: { peer: '-1001' },
    at: 5000,
  });
});

test('what holds nothing for us is left out', () => {
  expect(message({ new_chat_members: [dana] })).toBeUndefined();
  expect(read({ poll: { id: '1' } })).toBeUndefined();
  expect(read({ callback_query: { id: 'q', from: dana, game_short_name: 'x' } })).toBeUndefined();
});

test('what is too long is cut, never through the middle of a character', () => {
  const long = message({ text: 'hi', from: { ...dana, first_name: '😀'.repeat(200) } });
  expect(long?.sender.name?.length).toBe(128);
  const odd = message({ text: 'half \ud83d', from: { id: 1, first_name: `x${'😀'.repeat(99)}` } });
  expect(odd?.sender.name?.isWellFormed()).toBe(true);
  expect(odd?.text).toBe('half \ufffd');
});

test.for([
  ['@atom_bot list files', 'list files'],
  ['@Atom_Bot: list files', 'list files'],
  ['/stop@Atom_Bot', '/stop'],
  ['/run@atom_bot git status', '/run git status'],
  ['@atom_bot', '@atom_bot'],
  ['@atom_bots hi', '@atom_bots hi'],
  ['/stop@other_bot', '/stop@other_bot'],
  ['ask @atom_bot', 'ask @atom_bot'],
])('in a group, “%s” says “%s”', ([text, said]) => {
  expect(message({ chat: group, text })?.text).toBe(said);
  expect(message({ text })?.text).toBe(text);
});
