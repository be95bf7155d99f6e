import { describe, it } from 'vitest';
import type { Card } from '../../../src/domain/card.ts';
import { ARM_MS } from '../../../src/ui/card/armed.ts';
import { card, fakeGateway, pending } from '../fake-gateway.ts';
import { ESC, openScreen, pasted, type Screen } from '../screen.ts';

const answers = (screen: Screen): unknown[] =>
  screen.gateway.asked
    .filter(({ method }) => method === 'approvals.answer')
    .map(({ params }) => params);

const ask = async (screen: Screen, over: Partial<Card> = {}): Promise<Card> => {
  await screen.shows('running');
  const shown = card(over);
  screen.gateway.emit({ kind: 'approval.asked', card: shown });
  await screen.shows(`APPROVAL ${shown.code}`);
  return shown;
};

/** Gives the card the keys and waits until they count. */
const review = async (
  screen: Screen,
  ready: string | RegExp = /y once|Enter to approve/,
): Promise<void> => {
  await screen.type('\t');
  await screen.shows(ready);
};

describe.concurrent('an approval in the terminal', () => {
  it('appears without the keys: what is typed goes into the message', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    await screen.shows('press Tab to review');
    await screen.type('y');
    await screen.shows('› y');
    await screen.type('\r');
    await screen.says('you  y');
    expect(answers(screen)).toEqual([]);
  });

  it('is approved once with Tab, a moment of silence, and y', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    const shown = await ask(screen);
    await review(screen);
    await screen.type('y');
    await expect
      .poll(() => answers(screen))
      .toEqual([{ ref: 'a1', verdict: 'approve', typed: false, stop: false }]);
    screen.gateway.emit({
      kind: 'approval.decided',
      id: shown.id,
      code: shown.code,
      state: 'approved',
      by: { surface: 'terminal', id: 'me' },
      at: Date.now(),
    });
    await screen.says(/Approved k7p2 here \d\d:\d\d/);
    await expect.poll(screen.frame).not.toContain('APPROVAL');
  });

  it('takes no key that comes before the silence, and none of those later', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    const began = performance.now();
    await screen.type('\t');
    await screen.type('y');
    await screen.type('\r');
    await screen.shows('y once');
    expect(performance.now() - began).toBeGreaterThanOrEqual(ARM_MS);
    expect(answers(screen)).toEqual([]);
  });

  it.for([
    ['Enter', '\r'],
    ['a paste', pasted('y')],
    ['letters that come together', 'yy'],
    ['y and Enter in one piece', 'y\r'],
  ] as const)('is not approved by %s', async ([, keys], test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    await review(screen);
    await screen.type(keys);
    await screen.shows('short silence');
    await screen.shows('y once');
    expect(answers(screen)).toEqual([]);
  });

  it('shows the digits of a device whole, twice, and what to do with them', async (test) => {
    const screen = openScreen({}, test);
    await ask(screen, {
      kind: 'trust',
      factor: 'typed',
      risk: 'high',
      action: 'device.admit',
      words: ['let in the device that shows 482 913 and calls itself “Dana’s laptop”'],
      detail: 'Say yes only where the device shows the same digits: 482 913\nIts key: SHA256:4f',
    });
    await screen.shows('▌   let in the device that shows 482 913 and calls itself “Dana’s laptop”');
    await screen.shows(
      /▌ details:\n▌ {3}Say yes only where the device shows the same digits: 482 913\n/,
    );
    await review(screen);
    for (const part of ['k7p2', '\r']) await screen.type(part);
    await test.expect
      .poll(() => answers(screen))
      .toEqual([{ ref: 'a1', verdict: 'approve', typed: true, stop: false }]);
  });

  it('never takes the keys by itself, so a sentence that begins with y is a sentence', async (test) => {
    const { expect } = test;
    const gateway = fakeGateway();
    gateway.answers('approvals.list', () => ({ approvals: [pending(card())] }));
    const screen = openScreen({ gateway }, test);
    await screen.shows('APPROVAL k7p2');
    const began = performance.now();
    await expect.poll(() => performance.now() - began, { timeout: 5_000 }).toBeGreaterThan(2_800);
    for (const letter of 'you are funny') await screen.type(letter);
    await screen.shows('› you are funny');
    await screen.type('\r');
    await screen.says('you  you are funny');
    expect(answers(screen)).toEqual([]);
  });

  it('says where a message goes that is written while the card has the keys', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    await review(screen);
    await screen.type(pasted('list files'));
    await screen.type('\r');
    await screen.shows(
      'keys are for the card, after a short silence   Tab goes back to your message',
    );
    await screen.shows('y once');
    expect(answers(screen)).toEqual([]);
  });

  it('that is shown whole has no further details', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    await review(screen);
    expect(screen.frame()).not.toContain('details');
    await screen.type('d');
    await screen.type('?');
    await screen.says('Enter alone and pasted text never approve');
    expect(screen.frame()).not.toContain('rows 1');
  });

  it.for([
    ['n', { verdict: 'deny', stop: false }],
    [ESC, { verdict: 'deny', stop: false }],
    ['x', { verdict: 'deny', stop: true }],
  ] as const)('is denied with %j', async ([keys, verdict], test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    await review(screen);
    await screen.type(keys);
    await expect.poll(() => answers(screen)).toEqual([{ ref: 'a1', typed: false, ...verdict }]);
  });

  it('of high risk is approved by its code and Enter only', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen, { factor: 'typed', risk: 'high' });
    await review(screen);
    await screen.type('y');
    await screen.type('\r');
    await screen.says('That is not the code of this card');
    await screen.shows('short silence');
    await screen.shows('Enter to approve: ____');
    await screen.type('k7');
    await screen.shows('Enter to approve: k7__');
    await screen.type('p2');
    await screen.type('\r');
    await expect
      .poll(() => answers(screen))
      .toEqual([{ ref: 'a1', verdict: 'approve', typed: true, stop: false }]);
  });

  it('that needs the second factor is approved by its code, then six digits', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen, { factor: 'totp', risk: 'high' });
    await review(screen, 'Enter to go on: ____');
    await screen.type('k7p2');
    await screen.type('\r');
    await screen.shows('Enter to approve: ______');
    screen.gateway.answers('approvals.answer', () => ({ ok: false, message: 'That is wrong.' }));
    await screen.type('111111');
    await screen.type('\r');
    await screen.says('That is wrong.');
    screen.gateway.answers('approvals.answer', () => ({ ok: true, message: 'taken' }));
    await screen.shows('short silence');
    await screen.shows('Enter to approve: ______');
    await screen.type('123456');
    await screen.type('\r');
    const sent = { ref: 'a1', verdict: 'approve', typed: true, stop: false };
    await expect
      .poll(() => answers(screen))
      .toEqual([
        { ...sent, code: '111111' },
        { ...sent, code: '123456' },
      ]);
  });

  it('answered in the message line shows and remembers no code of the second factor', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen, { factor: 'totp', risk: 'high' });
    await screen.type('ok k7p2 123456');
    await screen.type('\r');
    await screen.says('you  ok k7p2 ••••••');
    await screen.type('\u001B[A');
    await screen.shows('› ok k7p2 ••••••');
    await expect
      .poll(() => screen.gateway.asked.at(-1))
      .toMatchObject({ method: 'chat.send', params: { text: 'ok k7p2 123456' } });
  });

  it('that was not taken says why and can be answered again', async (test) => {
    const screen = openScreen({}, test);
    await ask(screen);
    screen.gateway.answers('approvals.answer', () => ({
      ok: false,
      message: 'The program has changed.',
    }));
    await review(screen);
    await screen.type('y');
    await screen.says('The program has changed.');
    await screen.shows('y once');
  });

  it('leaves the next card without the keys until Tab', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    await ask(screen);
    screen.gateway.emit({
      kind: 'approval.asked',
      card: card({ id: 'a2', code: 'mmmm', words: ['ls'] }),
    });
    await screen.shows('1 of 2');
    await review(screen);
    await screen.type('y');
    await screen.type('y');
    await screen.shows('APPROVAL mmmm');
    await screen.shows('press Tab to review');
    expect(answers(screen)).toHaveLength(1);
    await review(screen);
    await screen.type('y');
    await expect.poll(() => answers(screen).at(-1)).toMatchObject({ ref: 'a2' });
  });

  it('that was asked before the terminal opened is there', async (test) => {
    const gateway = fakeGateway();
    gateway.answers('approvals.list', () => ({ approvals: [pending(card())] }));
    const screen = openScreen({ gateway }, test);
    await screen.shows('APPROVAL k7p2');
    await screen.shows('1 waits for you · default');
  });

  it('decided on the phone goes away and says by whom', async (test) => {
    const { expect } = test;
    const screen = openScreen({}, test);
    const { id, code } = await ask(screen);
    const by = { surface: 'telegram', id: '42' };
    screen.gateway.emit({
      kind: 'approval.decided',
      id,
      code,
      state: 'denied',
      by,
      at: Date.now(),
    });
    await screen.says('Denied k7p2 by telegram 42');
    await expect.poll(screen.frame).not.toContain('APPROVAL');
  });

  it('explains its keys with ?', async (test) => {
    const screen = openScreen({}, test);
    await ask(screen);
    await review(screen);
    await screen.type('?');
    await screen.says('Enter alone and pasted text never approve');
  });
});

describe.concurrent('a card that does not fit', () => {
  const words = ['echo', 'word '.repeat(300)];

  it('cannot be approved until the window is large enough', async (test) => {
    const { expect } = test;
    const screen = openScreen({ rows: 14 }, test);
    await ask(screen, { words });
    await review(screen, 'or press d   n deny');
    const began = performance.now();
    await expect.poll(() => performance.now() - began).toBeGreaterThan(ARM_MS);
    await screen.type('y');
    screen.resize(100, 60);
    await screen.shows('y once');
    expect(answers(screen)).toEqual([]);
    await screen.type('y');
    await expect.poll(() => answers(screen)).toHaveLength(1);
  });

  it('can be approved once it was read to its end', async (test) => {
    const { expect } = test;
    const screen = openScreen({ rows: 16 }, test);
    await ask(screen, { words });
    await review(screen, 'press d');
    await expect
      .poll(
        async () => {
          await screen.type('d');
          return screen.frame();
        },
        { interval: 700 },
      )
      .toContain('rows 1–');
    for (let page = 0; page < 6 && !screen.frame().includes('y once'); page++) {
      const before = screen.frame();
      await screen.type(' ');
      await expect.poll(screen.frame).not.toBe(before);
    }
    await screen.type('y');
    await expect.poll(() => answers(screen)).toHaveLength(1);
  });

  it.for([
    [80, 24],
    [100, 40],
    [60, 20],
    [40, 10],
    [20, 6],
  ] as const)('never draws on the last two rows of %i×%i', async ([columns, rows], test) => {
    const { expect } = test;
    const screen = openScreen({ columns, rows }, test);
    await screen.shows('running');
    screen.gateway.emit({ kind: 'approval.asked', card: card({ words, says: 'x'.repeat(200) }) });
    await screen.shows('APPROVAL');
    const drawn = screen.frame().trimEnd().split('\n');
    expect(drawn.length).toBeLessThanOrEqual(rows - 2);
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(columns);
  });
});
