import { expect, it } from 'vitest';
import { bearersOf } from '../../../src/assembly/channels/signal-bearers.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createIncoming, type IncomingDeps } from '../../../src/channels/signal/incoming.ts';
import { createMemory } from '../../../src/channels/signal/memory.ts';
import { type Bearers, createWho } from '../../../src/channels/signal/who.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import { DANA, envelopeOf, OWN, OWN_UUID, syncOf } from '../../peers/signal/frames.ts';
import { freshStore } from '../../store/fresh.ts';
import { ACCOUNT, DANA_ID } from './stage.ts';

const GROUP = 'Pmpi+EfPWmsxiomLe9Nx2XF9HOE483p6iKiFj65iMwI=';
const AT = 1_700_000_000_001;

/** What becomes of what signal-cli hands over. */
function reader(
  more: Partial<IncomingDeps> & {
    readonly allow?: readonly string[];
    readonly bearers?: Bearers;
  } = {},
) {
  const events: InboundEvent[] = [];
  const lines: LogLine[] = [];
  const allow = more.allow ?? [DANA_ID];
  const log = createLog((line) => void lines.push(line), 'signal');
  const memory = createMemory();
  const { bearers = { known: new Map(), keep: async () => undefined } } = more;
  const who = createWho({ account: ACCOUNT, allow, bearers, log });
  const take = createIncoming({
    account: ACCOUNT,
    groups: [GROUP],
    answerStrangers: false,
    who,
    memory,
    log,
    door: { kind: 'socket', path: '/x' },
    newId: () => newId(),
    isKnown: (id) => allow.includes(id),
    put: (event) => void events.push(event),
    ...more,
  });
  const receive = (
    envelope: object,
    account: string | undefined = OWN,
  ): readonly InboundEvent[] => {
    events.length = 0;
    take({ method: 'receive', params: { subscription: 0, result: { envelope, account } } });
    return [...events];
  };
  return { receive, take, events, lines, memory, who };
}

it('knows people by the uuid, whatever their number and name', () => {
  const { receive } = reader();
  const [event] = receive(envelopeOf(DANA, AT, { message: 'hello' }));
  expect(event).toMatchObject({
    externalId: `${DANA_ID}/${AT}`,
    message: `${AT}/${DANA_ID}`,
    from: { channel: 'signal', account: ACCOUNT, peer: DANA_ID },
    sender: { id: DANA_ID, name: 'Dana' },
    kind: 'message',
    text: 'hello',
    isGroup: false,
    mentionsMe: true,
    at: AT,
  });
  const moved = { ...DANA, number: '+15557777777', name: 'somebody else' };
  expect(receive(envelopeOf(moved, AT + 1, { message: 'again' }))[0]?.sender.id).toBe(DANA_ID);
  // Another account with her number is a stranger.
  const thief = { ...DANA, uuid: OWN_UUID.replace('4000', '4001') };
  expect(receive(envelopeOf(thief, AT + 2, { message: 'it is me' }))).toEqual([]);
});

it('takes a listed number for whoever had it first, and for nobody who has it later', () => {
  const number = String(DANA.number).slice(1);
  const { receive, lines } = reader({ allow: [number] });
  expect(receive(envelopeOf(DANA, AT, { message: 'a' }))[0]).toMatchObject({
    sender: { id: number },
    from: { peer: number },
  });
  const later = { ...DANA, uuid: '11111111-1111-4111-8111-111111111111' };
  expect(receive(envelopeOf(later, AT + 1, { message: 'b' }))).toEqual([]);
  expect(lines.map(({ text }) => text).join()).toContain('another account of Signal now');
  expect(receive(envelopeOf(DANA, AT + 2, { message: 'c' }))).toHaveLength(1);
});

it('holds to it after a restart, until the number was off the list', async () => {
  const { store } = await freshStore();
  const allow = [String(DANA.number).slice(1)];
  const later = { ...DANA, uuid: '11111111-1111-4111-8111-111111111111' };
  const restarted = async (listed = allow) => {
    const bearers = await bearersOf(store, { account: ACCOUNT, allow: listed });
    return reader({ allow: listed, bearers });
  };
  const { receive, who } = await restarted();
  expect(receive(envelopeOf(DANA, AT, { message: 'a' }))).toHaveLength(1);
  await who.settle();
  const next = await restarted();
  expect(next.receive(envelopeOf(later, AT + 1, { message: 'b' }))).toEqual([]);
  expect(next.receive(envelopeOf(DANA, AT + 2, { message: 'c' }))).toHaveLength(1);
  await restarted([]);
  const anew = await restarted();
  expect(anew.receive(envelopeOf(later, AT + 3, { message: 'd' }))).toHaveLength(1);
});

it('takes nothing in before it is durable whom a number stands for', async () => {
  const bearers: Bearers = {
    known: new Map(),
    keep: () => Promise.reject(new Error('the disk is full')),
  };
  const { receive, who } = reader({ allow: [String(DANA.number).slice(1)], bearers });
  await who.settle();
  receive(envelopeOf(DANA, AT, { message: 'a' }));
  await expect(who.settle()).rejects.toThrow('the disk is full');
  await expect(who.settle()).rejects.toThrow('the disk is full');
});

it('passes over whoever was not let in, but for the code of a pairing', () => {
  const stranger = { number: '+15559999999', uuid: '22222222-2222-4222-8222-222222222222' };
  const { receive, lines } = reader();
  expect(receive(envelopeOf(stranger, AT, { message: 'who is this?' }))).toEqual([]);
  expect(lines.at(-1)?.fields.allow).toContain(stranger.uuid);
  // A number is a hash in the log: nobody could allow that.
  const { number } = stranger;
  expect(receive(envelopeOf({ number }, AT, { message: 'and this?' }))).toEqual([]);
  expect(lines.at(-1)?.fields).toEqual({ allow: 'atom pair signal' });
  expect(receive(envelopeOf(stranger, AT + 1, { message: '/start abc' }))).toEqual([]);
  expect(receive(envelopeOf(stranger, AT + 2, { message: '/link BCDF-GHJK' }))).toHaveLength(1);
  const group = { message: '/link BCDF-GHJK', groupInfo: { groupId: GROUP, type: 'DELIVER' } };
  expect(receive(envelopeOf(stranger, AT + 3, group))).toEqual([]);
  const open = reader({ answerStrangers: true });
  expect(open.receive(envelopeOf(stranger, AT, { message: 'who is this?' }))).toHaveLength(1);
});

it('hears a group that was added, where it is mentioned or quoted', () => {
  const { receive } = reader();
  const groupInfo = { groupId: GROUP, type: 'DELIVER' };
  const say = (more: object) => receive(envelopeOf(DANA, AT, { groupInfo, ...more }))[0];
  expect(say({ message: 'lunch?' })).toMatchObject({
    isGroup: true,
    mentionsMe: false,
    from: { peer: GROUP },
    sender: { id: DANA_ID },
  });
  const mentions = [{ number: OWN, uuid: OWN_UUID, start: 0, length: 1 }];
  expect(say({ message: '\uFFFC status', mentions })).toMatchObject({
    text: 'status',
    mentionsMe: true,
  });
  const other = [{ number: '+15551234567', start: 4, length: 1 }];
  expect(say({ message: 'ask \uFFFC!', mentions: other })).toMatchObject({
    text: 'ask @15551234567!',
    mentionsMe: false,
  });
  const quote = { id: AT - 5, authorNumber: OWN, authorUuid: null, text: 'mine' };
  expect(say({ message: 'why?', quote })).toMatchObject({ mentionsMe: true });
  const elsewhere = { groupId: GROUP.replace('P', 'Q'), type: 'DELIVER' };
  expect(say({ message: 'hi', groupInfo: elsewhere })).toBeUndefined();
});

it('takes Note to Self for the owner’s chat, and nothing else that our own devices write', () => {
  const { receive, memory } = reader({ allow: [ACCOUNT] });
  const me = { number: OWN, uuid: OWN_UUID };
  expect(receive(syncOf(me, AT, { message: 'status' }))[0]).toMatchObject({
    sender: { id: ACCOUNT },
    from: { peer: ACCOUNT },
    text: 'status',
    mentionsMe: true,
  });
  expect(receive(syncOf(DANA, AT + 1, { message: 'darling' }))).toEqual([]);
  const groupInfo = { groupId: GROUP, type: 'DELIVER' };
  expect(receive(syncOf(me, AT + 2, { message: 'all', groupInfo }))).toEqual([]);
  memory.noteSent(AT + 3);
  expect(receive(syncOf(me, AT + 3, { message: 'what atom said' }))).toEqual([]);
  // Somebody else cannot sync in our name.
  const forged = { ...syncOf(me, AT + 4, { message: '/run x' }), sourceNumber: DANA.number };
  const theirs = { ...forged, sourceUuid: DANA.uuid };
  expect(receive(theirs)).toEqual([]);
  const fresh = reader({ allow: [ACCOUNT, DANA_ID] });
  expect(fresh.receive(theirs)).toEqual([]);
  const toHerself = syncOf(DANA, AT + 4, { message: '/run x' });
  expect(fresh.receive({ ...toHerself, sourceNumber: null, sourceUuid: DANA.uuid })).toEqual([]);
  expect(fresh.receive(envelopeOf(DANA, AT + 6, { message: 'me' }))[0]?.sender.id).toBe(DANA_ID);
  expect(reader().receive(syncOf(me, AT + 5, { message: 'not listed' }))).toEqual([]);
});

it('reads files, edits and replies with a number', () => {
  const { receive, memory } = reader();
  const attachments = [
    { contentType: 'image/jpeg', filename: 'cat.jpg', id: 'Ab-12.jpg', size: 1234 },
    { contentType: 'application/pdf', filename: null, id: 'x.pdf', size: null },
    { contentType: 'image/png', filename: 'p', id: '../../etc/passwd', size: 1 },
    { contentType: 'image/png', filename: 'p', id: null, size: 1 },
  ];
  expect(receive(envelopeOf(DANA, AT, { attachments }))[0]?.media).toEqual([
    { kind: 'image', id: `Ab-12.jpg ${DANA_ID}`, name: 'cat.jpg', type: 'image/jpeg', bytes: 1234 },
    { kind: 'file', id: `x.pdf ${DANA_ID}`, type: 'application/pdf' },
  ]);
  const { dataMessage, ...envelope } = envelopeOf(DANA, AT + 1, { message: 'better' }) as {
    dataMessage: object;
  };
  const editMessage = { targetSentTimestamp: AT, dataMessage };
  expect(receive({ ...envelope, editMessage })[0]).toMatchObject({ kind: 'edit', text: 'better' });
  const buttons = [[{ label: 'Once', data: 'v1:yes:k7p2:abcdefgh' }]];
  const to = { channel: 'signal', account: ACCOUNT, peer: DANA_ID };
  memory.numbered.remember('77', { id: 'm', to, text: 'May I?', buttons });
  const press = { kind: 'button', text: 'v1:yes:k7p2:abcdefgh' };
  expect(receive(envelopeOf(DANA, AT + 2, { message: '1 k7p2' }))[0]).toMatchObject(press);
  const quote = { id: 77, authorNumber: OWN, authorUuid: OWN_UUID, text: 'May I?' };
  expect(receive(envelopeOf(DANA, AT + 3, { message: '1', quote }))[0]).toMatchObject(press);
  expect(receive(envelopeOf(DANA, AT + 4, { message: '1' }))[0]?.kind).toBe('message');
  const theirs = { ...quote, authorNumber: DANA.number, authorUuid: DANA.uuid };
  expect(receive(envelopeOf(DANA, AT + 5, { message: '1', quote: theirs }))[0]?.kind).toBe(
    'message',
  );
});

it.each([
  ['a receipt', { receiptMessage: { when: 1, isDelivery: true, timestamps: [1] } }],
  ['typing', { typingMessage: { action: 'STARTED', timestamp: 1 } }],
  ['a call', { callMessage: { offerMessage: { id: 1, type: 'AUDIO_CALL' } } }],
  ['a reaction', { dataMessage: { timestamp: AT, reaction: { emoji: '👍' } } }],
  ['a deletion', { dataMessage: { timestamp: AT, remoteDelete: { timestamp: 1 } } }],
  ['no text', { dataMessage: { timestamp: AT, message: '' } }],
])('passes over %s', (_, more) => {
  const { dataMessage: _data, ...envelope } = envelopeOf(DANA, AT, {}) as { dataMessage: object };
  expect(reader().receive({ ...envelope, ...more })).toEqual([]);
});

it.each([
  ['a uuid that is none', { sourceUuid: '../x', sourceNumber: null }],
  ['a number that is none', { sourceNumber: '911; rm', sourceUuid: null }],
  ['nobody', { sourceUuid: null, sourceNumber: null }],
  ['a timestamp that is none', { timestamp: -1 }],
  ['a timestamp beyond counting', { timestamp: 2 ** 60 }],
  ['a timestamp in words', { timestamp: 'now' }],
  ['another shape', { dataMessage: [] }],
])('passes over an envelope with %s', (_, more) => {
  const { receive } = reader({ answerStrangers: true });
  const envelope = envelopeOf(DANA, AT, { message: 'hello' });
  expect(receive({ ...envelope, ...more })).toEqual([]);
});

it('passes over frames that are no messages, and messages for other accounts', () => {
  const { take, receive, events } = reader();
  for (const frame of [null, 1, 'x', [], {}, { method: 'receive' }, { method: 'send', params: {} }])
    take(frame);
  expect(events).toEqual([]);
  const envelope = envelopeOf(DANA, AT, { message: 'hello' });
  expect(receive(envelope, '+15558888888')).toEqual([]);
  expect(receive(envelope, undefined)).toHaveLength(1);
});

it('cuts what is too long, and never in the middle of a character', () => {
  const { receive } = reader();
  const name = '😀'.repeat(200);
  const [event] = receive(envelopeOf({ ...DANA, name }, AT, { message: '😀'.repeat(40_000) }));
  expect(event?.text).toHaveLength(65_536);
  expect(event?.text.isWellFormed()).toBe(true);
  expect(event?.sender.name?.length).toBeLessThanOrEqual(128);
});
