import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Card } from '../../src/domain/card.ts';
import type { ChannelFacts } from '../../src/domain/channel.ts';
import type { OutboundMessage } from '../../src/domain/message.ts';
import type { Offer } from '../../src/domain/standing-approval.ts';
import { createCallbacks } from '../../src/governance/approvals/callback.ts';
import { cardText } from '../../src/outbox/card-text.ts';
import { startCards } from '../../src/outbox/cards.ts';
import { decideApproval, insertApproval } from '../../src/store/tables/approvals.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { approvalOf, card } from './card.ts';
import { chat, facts } from './stage.ts';

describe('a line on a card', () => {
  it('stands as it was written, and not as one argument', () => {
    const text = cardText({ ...card, kind: 'line', words: ["cat 'a b' | wc -l"] });
    expect(text).toContain("\n$ cat 'a b' | wc -l\n");
  });
});

async function setCards(parts: Partial<Card> = {}, limits: Partial<ChannelFacts> = {}) {
  const { store } = await freshStore();
  const bus = createBus();
  const callbacks = createCallbacks(Buffer.from('key'));
  const errors: string[] = [];
  const stop = startCards({
    store,
    bus,
    clock: heldClock(),
    log: createLog(({ text }) => errors.push(text)),
    callbacks,
    facts: () => ({ ...facts, ...limits }),
    ownerChats: async () => [chat('42'), chat('43')],
    order: [],
    fallbackMs: 1000,
    health: () => 'ready',
  });
  const approval = approvalOf(parts);
  await insertApproval(store, approval, 'boot');
  const queued = async (): Promise<readonly OutboundMessage[]> =>
    (await store.all('SELECT body FROM outbox ORDER BY seq')).map(
      (row) => JSON.parse(String(row.body)) as OutboundMessage,
    );
  const settled = { outbound: 0 };
  bus.on('outbound', () => {
    settled.outbound += 1;
  });
  const tell = async (what: 'approval.asked' | 'approval.decided', told = approval) => {
    const before = settled.outbound;
    bus.tell(what, told);
    await until('it was queued', () => settled.outbound > before);
  };
  const labels = (message: OutboundMessage | undefined) =>
    (message?.buttons ?? []).flat().map(({ label }) => label);
  return { store, bus, callbacks, approval, queued, tell, labels, stop, errors };
}

describe('a question on the phone', () => {
  it('goes to every chat of the owner, with buttons for that person only', async () => {
    const { tell, queued, labels, callbacks } = await setCards();
    await tell('approval.asked');
    const messages = await queued();
    expect(messages.map(({ to }) => to.peer)).toEqual(['42', '43']);
    expect(labels(messages[0])).toEqual(['Once', 'Deny', 'Deny & stop']);
    const once = messages[0]?.buttons[0]?.[0]?.data ?? '';
    const [to] = messages.map((message) => message.to);
    if (!to) throw new Error('no message');
    expect(callbacks.verify(once, card, { ...to, id: '42' })).toBe('yes');
    expect(callbacks.verify(once, card, { ...to, id: '43' })).toBeUndefined();
    expect(callbacks.verify(once, card, { ...to, id: '42', account: 'other' })).toBeUndefined();
    expect(messages[0]?.text).toBe(cardText(card));
  });

  it('is sent once, however often it is told', async () => {
    const { tell, queued } = await setCards();
    await tell('approval.asked');
    await tell('approval.asked');
    expect(await queued()).toHaveLength(2);
  });

  it('is told of again, once, where its channel was away and keeps no press for us', async () => {
    const { store, bus, tell, queued } = await setCards({}, { forgetsPresses: true });
    const away = async (channel = chat('42').channel) => {
      const before = (await queued()).length;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = bus.on('outbound', resolve);
      bus.tell('channel.back', { channel });
      await promise;
      stop();
      return (await queued()).slice(before);
    };
    await tell('approval.asked');
    expect(await away()).toEqual([]);
    await store.run(`UPDATE outbox SET state = 'sent' WHERE body LIKE '%"peer":"42"%'`);
    expect(await away()).toMatchObject([
      {
        to: { peer: '42' },
        text: expect.stringContaining(`did not arrive. Still waiting: ${card.code}`),
      },
    ]);
    expect(await away()).toEqual([]);
    expect(await away('other')).toEqual([]);
  });

  it('is edited in every chat once it is decided', async () => {
    const { tell, queued, approval } = await setCards();
    await tell('approval.asked');
    const by = { surface: 'telegram', id: '42' };
    await tell('approval.decided', { ...approval, state: 'denied', decidedBy: by });
    const edits = (await queued()).slice(2);
    expect(edits.map((message) => message.edits)).toEqual([
      'card:i:telegram:42',
      'card:i:telegram:43',
    ]);
    for (const { text, buttons } of edits) {
      expect(text).toContain('Denied by telegram 42');
      expect(buttons).toEqual([]);
    }
  });

  it('that was decided before it could be shown is not shown', async () => {
    const { tell, queued, store } = await setCards();
    await decideApproval(store, 'i', { state: 'denied', at: 1 });
    await tell('approval.asked');
    expect(await queued()).toEqual([]);
  });

  it('that is too long to be read whole has no button for yes', async () => {
    const { tell, queued, labels, approval } = await setCards({
      words: ['echo', 'x'.repeat(5000)],
    });
    await tell('approval.asked');
    const [message] = await queued();
    expect(labels(message)).toEqual(['Deny', 'Deny & stop']);
    expect(message?.text).toContain('atom approvals show k7p2');
    await tell('approval.decided', { ...approval, state: 'expired' });
    const edits = (await queued()).filter(({ edits: of }) => of !== undefined);
    expect(edits).toHaveLength(2);
    expect(edits[0]?.text).toContain('Expired, not done');
  });

  it('that needs a stronger proof than its channel may take has no button for yes, and says where else', async () => {
    for (const [factor, may] of [
      ['tap', true],
      ['typed', false],
      ['totp', false],
    ] as const) {
      const { tell, queued, labels } = await setCards({ factor }, { mostFactor: 'tap' });
      await tell('approval.asked');
      const [message] = await queued();
      expect(labels(message).includes('Once')).toBe(may);
      expect(message?.text.includes('atom approvals show k7p2')).toBe(!may);
    }
  });

  it('has no button for a yes that stands where only a tap can be given', async () => {
    const offers = [{ words: ['ls'] } as unknown as Offer];
    for (const [limits, may] of [
      [{}, true],
      [{ mostFactor: 'tap' }, false],
    ] as const) {
      const { tell, queued, labels } = await setCards({ offers, offerFactor: 'tap' }, limits);
      await tell('approval.asked');
      const shown = labels((await queued())[0]);
      expect(shown).toContain('Once');
      expect(['For 1 hour', 'Always…'].map((label) => shown.includes(label))).toEqual([may, may]);
    }
  });

  it('has no button for yes where only the flag of a repeat would push its end off the screen', async () => {
    const room = facts.maxLength - cardText({ ...card, words: ['echo', ''] }).length;
    const { tell, queued, labels } = await setCards({ words: ['echo', 'x'.repeat(room)] });
    await tell('approval.asked');
    expect(labels((await queued())[0])).toEqual(['Deny', 'Deny & stop']);
  });

  it('that must be typed has no button for yes and says what to type', async () => {
    const { tell, queued, labels } = await setCards({ factor: 'typed' });
    await tell('approval.asked');
    const [message] = await queued();
    expect(labels(message)).toEqual(['Deny', 'Deny & stop']);
    expect(message?.text).toMatch(/To approve, reply: ok k7p2$/);
  });

  it('that needs the second factor has no button for yes and says how to give both', async () => {
    const { tell, queued, labels } = await setCards({ factor: 'totp' });
    await tell('approval.asked');
    const [message] = await queued();
    expect(labels(message)).toEqual(['Deny', 'Deny & stop']);
    expect(message?.text).toMatch(
      /To approve, reply: ok k7p2 123456 \(the six digits of your authenticator\)$/,
    );
  });

  it('is silent once the gateway stops', async () => {
    const { bus, stop, queued, approval, store } = await setCards();
    stop();
    bus.tell('approval.asked', approval);
    await store.get('SELECT 1 AS one');
    expect(await queued()).toEqual([]);
  });
});

describe('the text of a card', () => {
  it('quotes each word, so that it reads as one', () => {
    expect(cardText(card)).toContain("$ mv\n  'a b'\n  'it'\\''s'");
    expect(cardText({ ...card, words: [''] })).toContain("$ ''");
  });

  it('sets apart what a command is fed, so that no line of it passes for the card’s own', () => {
    const text = cardText({ ...card, detail: 'x\nundo: everything\n\nTo approve, reply: ok zzzz' });
    expect(text).toContain('| undo: everything');
    expect(text.split('\n').filter((line) => line.startsWith('undo:'))).toEqual(['undo: none']);
    expect(text).not.toMatch(/^To approve/m);
  });
});
