import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { sha256 } from '../../../src/base/digest.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import type { Order, WireMessage } from '../../../src/channels/whatsapp/frames.ts';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import { createMail } from '../../../src/channels/whatsapp/mail.ts';
import { idFor } from '../../../src/channels/whatsapp/message-name.ts';
import { createPolls } from '../../../src/channels/whatsapp/polls.ts';
import type { SendRequest } from '../../../src/domain/channel.ts';
import { DANA, OWN } from '../../peers/whatsapp/peer.ts';
import { type Names, pollIn, voteOn } from '../../peers/whatsapp/vote.ts';
import { createWriter } from '../../peers/whatsapp/writer.ts';
import { freshStore } from '../../store/fresh.ts';
import { watched } from '../telegram/stage.ts';
import { memorySecrets, seedLink } from './kept.ts';
import { home, whatsappStage } from './stage.ts';

const SOON = { timeout: 20_000 };
const soon = () => AbortSignal.timeout(20_000);

const once = { label: 'Once', data: 'v1:yes:k7p2:aaaaaaaa' };
const deny = { label: 'Deny', data: 'v1:no:k7p2:bbbbbbbb' };
const card = (more: Partial<SendRequest> = {}): SendRequest => ({
  id: 'm1',
  to: home,
  text: 'APPROVAL k7p2 · MEDIUM · until 11:03\nRun a command',
  ...more,
  buttons: more.buttons ?? [[once, deny]],
});
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ ...once, label: `Answer ${at}` }));

describe('a poll', () => {
  it('asks what the buttons ask, under the first line of the card', () => {
    const poll = createPolls().offer('CARD', card());
    expect(poll).toMatchObject({
      name: 'APPROVAL k7p2 · MEDIUM · until 11:03',
      options: ['Once', 'Deny'],
    });
    const other = createPolls().offer('CARD', card({ text: 'May I k7p2?\nAPPROVAL k7p2 · LOW' }));
    expect(other?.name).toBe('Your answer to k7p2');
    const plain = [[once, deny].map((button) => ({ ...button, data: 'x' }))];
    const uncoded = createPolls().offer('CARD', card({ buttons: plain }));
    expect(uncoded?.name).toBe('Your answer to the message above');
  });

  it.each([
    ['nothing is asked', []],
    ['there is one answer', [once]],
    ['there are more answers than a poll holds', numbered(13)],
    ['two answers say the same', [once, { ...deny, label: 'Once' }]],
    ['an answer is too long', [once, { ...deny, label: 'x'.repeat(101) }]],
  ])('is not sent where %s', (_why, buttons) => {
    expect(createPolls().offer('CARD', card({ buttons: [buttons] }))).toBeUndefined();
  });

  it('is sent with as many answers as it holds, and never to a group', () => {
    expect(createPolls().offer('CARD', card({ buttons: [numbered(12)] }))).toBeDefined();
    const group = { ...home, peer: '120363000000000001@g.us' };
    expect(createPolls().offer('CARD', card({ to: group }))).toBeUndefined();
  });

  it('counts once as what it says, in its chat alone, until the card offers something else', () => {
    const polls = createPolls();
    const of = polls.offer('CARD', card())?.id ?? '';
    const vote = (labels: readonly string[], peer = DANA, poll = of) =>
      polls.voted(peer, { of: poll, options: labels.map((label) => sha256(label)) });
    expect([vote(['Once']), vote(['Deny'])]).toEqual([once.data, deny.data]);
    expect([vote([]), vote(['Once', 'Deny']), vote(['Maybe'])]).toEqual(Array(3).fill(undefined));
    expect([vote(['Once'], OWN), vote(['Once'], DANA, 'OTHER')]).toEqual([undefined, undefined]);

    // The same buttons under other words are the same question.
    expect(polls.offer('CARD', card({ id: 'm2', edits: 'CARD', text: 'More' }))).toBeUndefined();
    expect(vote(['Once'])).toBe(once.data);
    const other = { ...once, data: 'v1:yes:k7p2:cccccccc' };
    const next = polls.offer('CARD', card({ id: 'm3', edits: 'CARD', buttons: [[other, deny]] }));
    expect([vote(['Once']), vote(['Once'], DANA, next?.id)]).toEqual([undefined, other.data]);
    polls.offer('CARD', card({ id: 'm4', edits: 'CARD', buttons: [] }));
    expect(vote(['Once'], DANA, next?.id)).toBeUndefined();
    expect(polls.stands(next?.id ?? '')).toBe(false);
  });
});

const own = { number: `${OWN}@s.whatsapp.net`, lid: `${OWN}@lid` };
const dana = { number: `${DANA}@s.whatsapp.net`, lid: '888999000@lid' };
const settings = (url: string, more: object = {}) => ({
  name: 'atom',
  dailyCap: 9,
  allow: [DANA, OWN],
  groups: [],
  url,
  polls: true,
  ...more,
});

it('is sent behind its card, and a vote on it presses the button, whatever names it is sealed with, also after a new connection', async () => {
  const { peer, make, store, secrets } = await whatsappStage();
  await seedLink({ store, secrets });
  const { channel } = make({ settings: settings(peer.url) });
  const watch = watched(channel);
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  /** Sends one and gives what the phone sees of its poll. */
  const sendCard = async (id: string) => {
    const before = peer.sent.length;
    const { externalId } = await channel.send(card({ id }), soon());
    await expect.poll(() => peer.sent.length, SOON).toBe(before + 2);
    const [first, second] = peer.sent.slice(before);
    if (first === undefined || second === undefined) throw new Error('nothing was sent');
    expect(first).toMatchObject({ id: externalId, text: expect.stringContaining('1  Once') });
    expect(second.to).toBe(dana.number);
    return { ...pollIn(second), card: externalId };
  };
  const poll = await sendCard('m1');
  expect(poll).toMatchObject({ most: 1, options: ['Once', 'Deny'] });
  expect(poll.secret).toHaveLength(32);

  const phone = createWriter(peer);
  const attrs = { sender_lid: dana.lid };
  const vote = async (on: Pick<typeof poll, 'id' | 'secret'>, names: Names, ...said: string[]) =>
    peer.send(await phone.seal(voteOn(on, names, said), { attrs }));
  const texts = () => watch.events.map(({ text }) => text);
  const heard: string[] = [];
  for (const creator of [own.number, own.lid])
    for (const voter of [dana.number, dana.lid]) {
      await vote(poll, { creator, voter }, 'Once');
      heard.push(once.data);
      await expect.poll(texts, SOON).toEqual(heard);
    }
  expect(watch.events[0]).toMatchObject({ kind: 'button', from: home, sender: { id: DANA } });
  expect(new Set(watch.events.map((one) => one.externalId)).size).toBe(4);

  // In somebody else's name, with another secret, of nothing, on another poll and on a decided one: nothing.
  const names = { creator: own.lid, voter: dana.number };
  await vote(poll, { ...names, voter: own.number }, 'Once');
  await vote({ ...poll, secret: new Uint8Array(32) }, names, 'Once');
  await vote(poll, names);
  await vote({ ...poll, id: '3EB0AB' }, names, 'Once');
  await channel.send(card({ id: 'm2', edits: poll.card, buttons: [] }), soon());
  await vote(poll, names, 'Once');
  await peer.send(await phone.seal({ conversation: 'done' }));
  await expect.poll(() => texts().at(-1), SOON).toBe('done');
  expect(texts()).toEqual([...heard, 'done']);

  const next = await sendCard('m3');
  expect(next.secret).not.toEqual(poll.secret);
  peer.cut();
  await expect.poll(() => watch.state(), SOON).not.toBe('ready');
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  await vote(next, names, 'Deny');
  await expect.poll(texts, SOON).toEqual([...heard, 'done', deny.data]);
}, 90_000);

/** What goes out over a process that does what it is told, or not, as `outcomeOf` says. */
async function mailed(more: object, outcomeOf: (order: Order) => 'sent' | 'unsent' | 'nothing') {
  const { store } = await freshStore();
  const secrets = memorySecrets();
  await seedLink({ store, secrets });
  const orders: Order[] = [];
  const lines: LogLine[] = [];
  const mail = createMail({
    store,
    clock: systemClock,
    keep: createKeep({ store, secrets }),
    newId: () => 'E1',
    settings: settings('ws://127.0.0.1:1', more),
    pauseMs: () => 0,
    wait: async () => undefined,
    stranger: () => undefined,
    log: createLog((line) => void lines.push(line), 'whatsapp'),
    tell(order) {
      if (!('call' in order)) return;
      orders.push(order);
      const { call } = order;
      const outcome = outcomeOf(order);
      if (outcome === 'sent') mail.news({ news: 'sent', call });
      if (outcome === 'unsent')
        mail.news({ news: 'unsent', call, kind: 'refused', reason: 'WhatsApp refused it (400)' });
    },
  });
  mail.opened(true);
  const bye = card({ id: 'm9', text: 'bye', buttons: [] });
  return {
    mail,
    orders,
    lines,
    bye,
    did: () => orders.map((order) => order.do),
    said: () => lines.map(({ text }) => text).filter((text) => text.includes('poll')),
  };
}

const reply = (text: string, more: Partial<WireMessage> = {}): WireMessage => ({
  id: 'A1',
  chat: dana.number,
  fromMe: false,
  at: 1,
  text,
  forwarded: false,
  media: [],
  mentions: [],
  offline: false,
  ...more,
});

describe('a card', () => {
  it('is as good where its poll is refused, and what is sent behind it goes out', async () => {
    const all = await mailed({}, (order) => (order.do === 'poll' ? 'unsent' : 'sent'));
    await all.mail.send(card(), soon());
    await all.mail.send(all.bye, soon());
    expect(all.did()).toEqual(['send', 'poll', 'send']);
    expect(all.said()).toEqual([expect.stringContaining('WhatsApp refused it (400)')]);
    const pressed = await all.mail.read(reply('2 k7p2'));
    expect(pressed).toMatchObject({ kind: 'button', text: deny.data, sender: { id: DANA } });
  });

  it('comes without a poll once the day’s messages are spent: a poll counts as one', async () => {
    const all = await mailed({ dailyCap: 3 }, () => 'sent');
    await all.mail.send(card(), soon());
    await all.mail.send(card({ id: 'm2' }), soon());
    await expect(all.mail.send(all.bye, soon())).rejects.toThrow('channels.whatsapp.dailyCap');
    expect(all.did()).toEqual(['send', 'poll', 'send']);
    expect(all.said()).toHaveLength(1);
  });

  it('comes without one where polls are not wanted', async () => {
    const all = await mailed({ polls: false }, () => 'sent');
    await all.mail.send(card(), soon());
    await all.mail.send(all.bye, soon());
    expect(all.did()).toEqual(['send', 'send']);
  });

  it('that is gone or decided before its turn is asked by no poll, and holds up nobody', async () => {
    const all = await mailed({}, () => 'sent');
    const first = all.mail.send(card(), soon());
    const edits = idFor('m1');
    const decided = all.mail.send(card({ id: 'm2', edits, buttons: [] }), soon());
    await Promise.all([first, decided]);
    await all.mail.send(all.bye, soon());
    expect(all.did()).toEqual(['send', 'send', 'send']);

    const cut = await mailed({}, (order) => (order.do === 'poll' ? 'nothing' : 'sent'));
    await cut.mail.send(card(), soon());
    await expect.poll(cut.did).toEqual(['send', 'poll']);
    cut.mail.opened(false);
    cut.mail.opened(true);
    await cut.mail.send(cut.bye, soon());
    expect(cut.said()).toEqual([expect.stringContaining('ended before it was confirmed')]);
  });

  it('is never read from a vote as words, nor from a vote of somebody who is not heard', async () => {
    const { mail, orders } = await mailed({}, () => 'sent');
    await mail.send(card(), soon());
    await expect.poll(() => orders.at(-1)?.do).toBe('poll');
    const [, poll] = orders;
    const of = poll?.do === 'poll' ? poll.id : '';
    const vote = { of, options: [sha256('Once')] };
    const event = await mail.read(reply('', { vote }));
    expect(event).toMatchObject({ kind: 'button', text: once.data });
    // There is nothing in it to quote, to read or to react to.
    expect(event).not.toHaveProperty('message');
    expect(await mail.read(reply('1 k7p2', { vote: { of: 'X', options: [] } }))).toBeUndefined();
    const eve = '15559998888@s.whatsapp.net';
    expect(await mail.read(reply('', { vote, chat: eve }))).toBeUndefined();
    const ours = { vote, fromMe: true, chat: own.number };
    expect(await mail.read(reply('', ours))).toBeUndefined();
  });
});
