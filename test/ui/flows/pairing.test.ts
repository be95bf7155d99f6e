import { describe, it, type TestContext } from 'vitest';
import type { PairingView } from '../../../src/protocol/people-methods.ts';
import { card, fakeGateway, newcomer, people, stranger } from '../fake-gateway.ts';
import { ESC, openScreen, pasted, type Screen } from '../screen.ts';

type Told = Parameters<typeof people>[1];

/** Somebody comes to wait, as the gateway tells it. */
async function comes(screen: Screen, who: PairingView, over: Told = {}): Promise<void> {
  await screen.shows('running');
  screen.gateway.answers('senders.list', () => people([who], over));
  screen.gateway.emit({ kind: 'pairing', pairing: who });
}

const answers = ({ gateway }: Screen): unknown[] =>
  gateway.asked
    .filter(({ method }) => /^senders\.(approve|deny)$/.test(method))
    .map(({ method, params }) => ({ method, ...(params as object) }));

/** The card of somebody who used the link, with the keys, and armed. */
async function review(test: TestContext, who: PairingView = newcomer(), over: Told = {}) {
  const screen = openScreen({}, test);
  await comes(screen, who, over);
  if (who.kind === 'link') await screen.shows('press Tab to review');
  else await screen.says('press Tab, or');
  await screen.type('\t');
  await screen.shows('y pair   n refuse   r role');
  return screen;
}

describe.concurrent('somebody who used the link', () => {
  it('is a card that says who and as what, and takes no keys by itself', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await comes(screen, newcomer());
    await screen.shows('press Tab to review');
    for (const words of [
      /▌ PAIR · telegram · code matched · expires 1:5\d/,
      '▌ account   id 5012233 (fixed)   name “Dana K.” (can be changed by them)',
      '▌ will be   owner — may approve commands',
      '▌           first owner besides this terminal',
      '1 waits for you',
    ])
      expect(screen.frame()).toMatch(words);
    await screen.type('y');
    await screen.shows('› y');
    expect(answers(screen)).toEqual([]);
  });

  it('is there also where the screen was opened later', async (test) => {
    const gateway = fakeGateway();
    gateway.answers('senders.list', () => people([newcomer()]));
    await openScreen({ gateway }, test).shows('PAIR · telegram');
  });

  it('is let in with y', async (test) => {
    const { expect } = test;
    const screen = await review(test);
    await screen.type('y');
    await expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'owner' }]);
    await expect.poll(screen.frame).not.toContain('PAIR');
  });

  it.for([
    ['n', 'n'],
    ['Esc', ESC],
  ] as const)('is refused with %s', async ([, keys], test) => {
    const screen = await review(test);
    await screen.type(keys);
    await test.expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.deny', ref: 'p-k7p2mn' }]);
    screen.gateway.answers('senders.list', () => people());
    screen.gateway.emit({ kind: 'pairing', pairing: newcomer({ state: 'refused' }) });
    await screen.says('Refused telegram 5012233. They get no answer.');
  });

  it.for([
    ['Enter', '\r'],
    ['a paste', pasted('y')],
    ['letters that come together', 'yy'],
    ['y and Enter in one piece', 'y\r'],
  ] as const)('is not let in by %s', async ([, keys], test) => {
    const screen = await review(test);
    await screen.type(keys);
    await screen.shows('short silence');
    await screen.shows('y pair');
    test.expect(answers(screen)).toEqual([]);
  });

  it('is let in by no key that came before the silence', async (test) => {
    const screen = openScreen({}, test);
    await comes(screen, newcomer());
    await screen.shows('press Tab to review');
    await screen.type('\t');
    await screen.type('y');
    await screen.shows('y pair');
    test.expect(answers(screen)).toEqual([]);
  });

  it('is let in as what r says, once that could be read', async (test) => {
    const { expect } = test;
    const screen = await review(test);
    await screen.type('r');
    await screen.shows('will be   guest — may chat, and nothing else');
    await screen.type('y');
    expect(answers(screen)).toEqual([]);
    await screen.shows('y pair');
    await screen.type('r');
    await screen.shows('will be   member');
    await screen.shows('y pair');
    await screen.type('y');
    await expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'member' }]);
  });

  it('takes the digits of the second factor for more than a guest', async (test) => {
    const { expect } = test;
    const screen = await review(test, newcomer(), { secondFactor: true });
    await screen.type('y');
    await screen.shows('six digits of your authenticator + Enter to pair: ______');
    await screen.type('123');
    await screen.type('\r');
    await screen.says('A code has six digits; nothing was approved.');
    await screen.shows('short silence');
    await screen.shows('to pair: ______   Esc refuse');
    await screen.type('123456');
    await screen.shows('123456');
    expect(answers(screen)).toEqual([]);
    await screen.type('\r');
    await expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'owner', code: '123456' }]);
  });

  it('takes no digits for a guest', async (test) => {
    const screen = await review(test, newcomer({ role: 'guest' }), { secondFactor: true });
    await screen.type('y');
    await test.expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'guest' }]);
  });

  it('stays where the gateway did not take the answer', async (test) => {
    const screen = openScreen({}, test);
    screen.gateway.answers('senders.approve', () => {
      throw new Error('That code is not right.');
    });
    await comes(screen, newcomer());
    await screen.shows('press Tab to review');
    await screen.type('\t');
    await screen.shows('y pair');
    await screen.type('y');
    await screen.says('That code is not right.');
    await screen.shows('PAIR · telegram');
  });

  it('cannot draw with its name, nor end the quotes around it', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    const name = 'D\u202Ea” id 1 (fixed)\n▌ y\u001B[31m pаypal';
    await comes(screen, newcomer({ name }));
    await screen.shows('press Tab to review');
    const shown = screen.frame();
    expect(shown).toContain("name “D⟦U+202E⟧a' id 1 (fixed)⏎");
    expect(shown).toContain('⟦U+001B⟧');
    expect(shown).toContain('p⟦а U+0430⟧ypal');
    expect(shown.split('\n').filter((line) => line.startsWith('▌ y'))).toEqual([]);
  });

  it('is gone once somebody decided elsewhere', async (test) => {
    const { expect } = test;
    const screen = await review(test);
    screen.gateway.answers('senders.list', () => people());
    const { who } = newcomer();
    screen.gateway.emit({
      kind: 'sender',
      change: {
        kind: 'admitted',
        sender: {
          channel: 'telegram',
          account: 'main',
          id: who?.id ?? '',
          handle: 'dana',
          role: 'owner',
          state: 'active',
          how: 'link',
          by: 'terminal/owner',
          since: 1,
        },
      },
    });
    await expect.poll(screen.frame).not.toContain('PAIR');
    await screen.type('y');
    await screen.shows('› y');
    expect(answers(screen)).toEqual([]);
  });

  it('is gone, and that is said, once the time is up', async (test) => {
    const screen = openScreen({}, test);
    await screen.shows('running');
    const given = [people([newcomer({ leftMs: 1 })]), people()];
    screen.gateway.answers('senders.list', () => given.shift() ?? people());
    screen.gateway.emit({ kind: 'pairing', pairing: newcomer() });
    await screen.shows('expires 0:0');
    await screen.says('Nobody confirmed telegram 5012233 in time, so nobody was let in.');
    await test.expect.poll(screen.frame).not.toContain('PAIR');
  });

  it('is let in by no y where the card does not fit', async (test) => {
    const screen = openScreen({ rows: 7 }, test);
    await comes(screen, newcomer());
    await screen.shows('too small: atom senders approve p-k7p2mn');
    const began = performance.now();
    await screen.type('\t');
    await test.expect
      .poll(() => performance.now() - began, { timeout: 5_000 })
      .toBeGreaterThan(800);
    await screen.type('y');
    await screen.type('n');
    await test.expect.poll(() => answers(screen).length).toBe(0);
  });
});

describe.concurrent('a stranger who has a code', () => {
  it('is told of in a line, and shown once Tab asks', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await comes(screen, stranger());
    await screen.says('telegram 5012233 waits: press Tab, or   atom senders approve p-k7p2mn');
    await screen.shows('1 waits for you');
    expect(screen.frame()).not.toContain('PAIR');
    await screen.type('\t');
    await screen.shows('PAIR · telegram · they wrote first');
    expect(screen.frame()).toContain('will be   guest');
    await screen.shows('y pair');
    await screen.type('\t');
    await expect.poll(screen.frame).not.toContain('PAIR');
  });

  it('becomes a guest with y', async (test) => {
    const screen = await review(test, stranger());
    await screen.type('y');
    await test.expect
      .poll(() => answers(screen))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'guest' }]);
  });

  it('is behind whatever else waits', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await comes(screen, stranger());
    await screen.says('press Tab, or');
    screen.gateway.emit({ kind: 'approval.asked', card: card() });
    await screen.shows('APPROVAL k7p2 · MEDIUM');
    expect(screen.frame()).toContain('1 of 2');
  });
});

describe.concurrent('/pair', () => {
  const begun = () => ({
    pairing: newcomer({ state: 'open', leftMs: 300_000 }),
    identity: '@dana_bot',
    link: `https://t.me/dana_bot?start=${'x'.repeat(22)}`,
    command: '/link BCDF-GHJK',
  });

  it('shows a picture, the link and the command, and is no message', async (test) => {
    const { expect } = test;
    const gateway = fakeGateway();
    gateway.answers('pair.begin', begun);
    const screen = openScreen({ gateway, rows: 40 }, test);
    await screen.shows('running');
    await screen.type('/pair telegram');
    await screen.type('\r');
    await screen.says('No camera? Send @dana_bot:   /link BCDF-GHJK');
    expect(screen.written()).toMatch(/[▀▄█]{10}/);
    expect(screen.written()).toContain('https://t.me/dana_bot?start=xxxx');
    expect(gateway.asked.at(-1)).toEqual({
      method: 'pair.begin',
      params: { channel: 'telegram', role: 'owner' },
    });
  });

  it('draws nothing where it does not fit, and says so of a channel that cannot be paired', async (test) => {
    const { expect } = test;
    const gateway = fakeGateway();
    gateway.answers('pair.begin', begun);
    const screen = openScreen({ gateway, rows: 20 }, test);
    await screen.shows('running');
    await screen.type('/pair telegram');
    await screen.type('\r');
    await screen.says('On your phone, open:');
    expect(screen.written()).not.toMatch(/[▀▄█]/);
    gateway.answers('pair.begin', () => {
      throw new Error('nowhere cannot be paired.');
    });
    await screen.type('/pair nowhere');
    await screen.type('\r');
    await screen.says('nowhere cannot be paired.');
  });
});
