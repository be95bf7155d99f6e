import { describe, expect, it } from 'vitest';
import { createNumbered } from '../../../src/channels/numbered.ts';
import { eventOf } from '../../../src/channels/whatsapp/events.ts';
import type { WireMessage } from '../../../src/channels/whatsapp/frames.ts';

const me = { number: '15550000000', lid: '777000@lid' };
const GROUP = '120363000000000001@g.us';
const message = (more: Partial<WireMessage> = {}): WireMessage => ({
  id: 'A1',
  chat: '15551112222:3@s.whatsapp.net',
  fromMe: false,
  at: 1000,
  text: 'hello',
  forwarded: false,
  media: [],
  mentions: [],
  offline: false,
  ...more,
});
const read = (more: Partial<WireMessage> = {}) =>
  eventOf({ newId: () => 'E', groups: [GROUP], wasSent: (id) => id === 'OURS' }, message(more), me);

describe('a message of WhatsApp', () => {
  it('is from the number behind whatever name its chat has', () => {
    const from = { channel: 'whatsapp', account: '15550000000', peer: '15551112222' };
    expect(read()).toMatchObject({ from, sender: { id: '15551112222' }, isGroup: false });
    const byLid = read({ chat: '888999@lid', chatAlt: '15551112222@s.whatsapp.net' });
    expect(byLid).toMatchObject({ from, sender: { id: '15551112222' } });
  });

  it('is from nobody who is allowed while the number behind a LID is not known', () => {
    expect(read({ chat: '888999@lid' })?.sender.id).toBe('888999@lid');
  });

  it('of our own is heard in the chat with ourselves and nowhere else', () => {
    expect(read({ fromMe: true, chat: '15550000000@s.whatsapp.net' })?.sender.id).toBe(me.number);
    expect(read({ fromMe: true, chat: '777000@lid' })?.sender.id).toBe(me.number);
    expect(read({ fromMe: true })).toBeUndefined();
    const echo = { id: 'OURS', fromMe: true, chat: '15550000000@s.whatsapp.net' };
    expect(read(echo)).toBeUndefined();
  });

  it('in a group is heard where the group was added, and for us where it says so', () => {
    const sender = '15551112222@s.whatsapp.net';
    expect(read({ chat: '120363000000000009@g.us', sender })).toBeUndefined();
    expect(read({ chat: GROUP, sender })).toMatchObject({ isGroup: true, mentionsMe: false });
    for (const jid of ['15550000000@s.whatsapp.net', '777000@lid'])
      expect(read({ chat: GROUP, sender, mentions: [jid] })?.mentionsMe).toBe(true);
    expect(read({ chat: GROUP, sender, quotes: { id: 'OURS' } })?.mentionsMe).toBe(true);
    expect(read({ chat: GROUP, sender, quotes: { id: 'X', by: sender } })?.mentionsMe).toBe(false);
  });

  it('of broadcasts and newsletters is not for us', () => {
    for (const chat of ['status@broadcast', '123456789@newsletter', '1@broadcast'])
      expect(read({ chat })).toBeUndefined();
  });

  it('says whose words they are, and whether they replace others', () => {
    expect(read({ forwarded: true })?.wordsOf).toBe('forwarded from somebody');
    expect(read({ edits: 'A0' })?.kind).toBe('edit');
  });

  it('cannot take the id of somebody else’s', () => {
    const [one, other] = ['15551112222', '15553334444'].map((number) =>
      read({ chat: GROUP, sender: `${number}@s.whatsapp.net` }),
    );
    expect(one?.externalId).not.toBe(other?.externalId);
  });
});

describe('buttons where there are none', () => {
  const to = { channel: 'whatsapp', account: '1', peer: '15551112222' };
  const buttons = [
    [{ label: 'Once', data: 'v1:yes:k7p2:aaaa' }],
    [{ label: 'Deny', data: 'v1:no:k7p2:bbbb' }],
  ];
  const offered = () => {
    const numbered = createNumbered();
    numbered.remember('CARD', { id: 'm', to, text: 'May I?', buttons });
    return numbered;
  };

  it('are a numbered list with the code of the card', () => {
    expect(offered().textOf({ id: 'm', to, text: 'May I?', buttons })).toBe(
      'May I?\n\n1  Once\n2  Deny\nReply with a number and k7p2, such as: 1 k7p2',
    );
  });

  it('are pressed by a number with that code, or in reply to the card; a bare number is for the agent', () => {
    const { pressed } = offered();
    expect(pressed(to.peer, message({ text: '2 k7p2' }))).toBe('v1:no:k7p2:bbbb');
    expect(pressed(to.peer, message({ text: '1', quotes: { id: 'CARD' } }))).toBe(
      'v1:yes:k7p2:aaaa',
    );
    for (const text of ['1', '3 k7p2', '1 k7p3', 'yes k7p2', '1 k7p2 please'])
      expect(pressed(to.peer, message({ text })), text).toBeUndefined();
    expect(pressed('15553334444', message({ text: '1 k7p2' }))).toBeUndefined();
  });

  it('are gone once the card was decided', () => {
    const numbered = offered();
    numbered.remember('CARD', { id: 'm2', to, text: 'Approved', buttons: [], edits: 'CARD' });
    expect(numbered.pressed(to.peer, message({ text: '1 k7p2' }))).toBeUndefined();
  });
});
