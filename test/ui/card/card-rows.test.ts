import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/domain/card.ts';
import type { Offer } from '../../../src/domain/standing-approval.ts';
import { type CardLook, cardView, closedPager } from '../../../src/ui/card/card-rows.ts';
import { countdown, decisionSentence } from '../../../src/ui/card/sentences.ts';
import { plain, widthOf } from '../../../src/ui/text/spans.ts';
import { card } from '../fake-gateway.ts';

const look = (shown: Partial<Card> = {}, over: Partial<CardLook> = {}): CardLook => {
  const drawn = card(shown);
  return {
    card: drawn,
    total: 3,
    columns: 80,
    budget: 20,
    now: drawn.expiresAt - 118_000,
    focused: true,
    armed: true,
    lost: false,
    typed: '',
    named: false,
    choosing: false,
    standing: undefined,
    pager: closedPager,
    ...over,
  };
};

const rows = (...args: Parameters<typeof look>): string[] =>
  cardView(look(...args)).rows.map(plain);

describe('a card', () => {
  it('shows a line as it was written', () => {
    const line = `cat 'a b' | wc -l > "$A"`;
    expect(rows({ kind: 'line', words: [line] }).join('\n')).toContain(`▌ $ ${line}`);
  });

  it('says what, where, what it may do, why, who, and the keys', () => {
    const at = new Date(2026, 0, 1, 10, 1).getTime();
    const shown = {
      says: 'as you asked',
      trigger: 'please push',
      program: '/usr/bin/git',
      askedAt: at,
    };
    expect(rows(shown)).toEqual([
      '▌ APPROVAL k7p2 · MEDIUM · expires 1:58 · 1 of 3',
      '▌ $ git push origin main',
      '▌ runs   /usr/bin/git',
      '▌ in     /work/site   jail site (read-write, no network)',
      '▌ may    change files in /work/site · cannot be undone',
      '▌ why    leaves this machine',
      '▌ asked  @dana, owner · 10:01',
      "▌ says   “as you asked” (the agent's words)",
      '▌ after  “please push” (the message that led here)',
      '▌ y once   n deny   x deny & stop   ? help',
    ]);
  });

  it('offers details only where something is left out', () => {
    const shown = { says: 'as you asked' };
    expect(rows(shown).at(-1)).not.toContain('details');
    expect(rows(shown, { budget: 7 }).at(-1)).toContain('d details');
    expect(cardView(look(shown)).more).toBe(false);
    expect(cardView(look(shown, { budget: 7 })).more).toBe(true);
  });

  it('says for a moment where keys go that it has no use for', () => {
    const lost = 'Tab goes back to your message';
    expect(rows({}, { lost: true }).at(-1)).toMatch(
      `keys are for the card, after a short silence   ${lost}`,
    );
    const long = { words: ['echo', 'word '.repeat(300)] };
    const tooSmall = rows(long, { budget: 12, lost: true }).join('\n');
    expect(tooSmall).toContain('too small');
    expect(tooSmall.replaceAll(/\n▌ /g, ' ')).toMatch(/Tab\s+goes\s+back/);
    expect(rows({}, { lost: true, focused: false }).at(-1)).toBe('▌ press Tab to review');
  });

  it('breaks between words, and shows every character of a command', () => {
    const sentence = 'The command was asked for in a message that came from outside the jail today';
    const words = ['printf', '%s', ...sentence.split(' '), 'x'.repeat(90), "it's"];
    const drawn = rows({ words, why: [sentence] }, { columns: 44 });
    const body = drawn.map((line) => line.slice(2));
    const why = body.slice(body.findIndex((line) => line.startsWith('why')));
    expect(why[0]?.slice(7)).toBe('The command was asked for in a ');
    const from = body.findIndex((line) => line.startsWith('$ '));
    const to = body.findIndex((line) => line.startsWith('in '));
    const command = body
      .slice(from, to)
      .map((line) => line.slice(2))
      .join('');
    expect(command).toBe(`printf %s ${sentence} ${'x'.repeat(90)} 'it'\\''s'`);
  });

  it('turns the pages of 10,000 lines without laying them out again', () => {
    const detail = Array.from({ length: 10_000 }, (_, i) => `+ row ${i} ${'word '.repeat(30)}`);
    const long = look({ detail: detail.join('\n') });
    const at = (offset: number, seen: number) =>
      cardView({ ...long, pager: { open: true, offset, seen } });
    const first = performance.now();
    const { length, page } = at(0, 0);
    const began = performance.now();
    const laying = began - first;
    for (let offset = 0; offset < 50 * page; offset += page) {
      const view = at(offset, offset);
      expect(view.rows.length).toBeLessThanOrEqual(20);
      expect(view.readable).toBe(false);
    }
    // Fifty layouts would take fifty times as long as the one.
    expect(performance.now() - began).toBeLessThan(20 * laying);
    expect(at(length - page, 0).readable).toBe(true);
  });

  it('says how to get the keys, and when they do not count yet', () => {
    expect(rows({}, { focused: false, armed: false }).at(-1)).toBe('▌ press Tab to review');
    expect(rows({}, { armed: false }).at(-1)).toContain('keys count after a short silence');
  });

  it('wants the code typed where a key is not enough', () => {
    const last = rows({ factor: 'typed', risk: 'high' }, { typed: 'k7' }).at(-1);
    expect(last).toContain('type k7p2 + Enter to approve: k7__   Esc deny');
    expect(last).not.toContain('y once');
  });

  it('wants the code of the card first and six digits then where a second factor is needed', () => {
    const first = rows({ factor: 'totp', risk: 'high' }, { typed: 'k7' }).at(-1);
    expect(first).toContain('type k7p2 + Enter to go on: k7__   Esc deny');
    const second = rows({ factor: 'totp', risk: 'high' }, { typed: '123', named: true });
    expect(second.slice(-2).join(' ')).toContain(
      'six digits of your authenticator + Enter to approve: 123___   Esc deny',
    );
  });

  it('does not offer x to deny where x begins the code', () => {
    const last = rows({ factor: 'typed', code: 'x7p2' }).at(-1);
    expect(last).toContain('Esc deny');
    expect(last).not.toContain('x deny');
  });

  it('puts warnings right below the command', () => {
    expect(rows({ warnings: ['hidden characters were found'] })[2]).toBe(
      '▌ CAREFUL hidden characters were found',
    );
  });

  it('draws nothing that hides, even where somebody forgot to clean it', () => {
    const text = rows({ words: ['a\u202Eb'], who: 'x\u001B[2J', says: '\u200B' }).join('\n');
    expect(text).toContain('⟦U+202E⟧');
    expect(text).not.toMatch(/[\u202E\u001B\u200B]/);
  });

  it('quotes words so that two arguments never look like one', () => {
    expect(rows({ words: ['rm', 'a b', 'c'] })[1]).toBe("▌ $ rm 'a b' c");
  });

  it('leaves out what others said before anything that matters', () => {
    const view = cardView(look({ says: 'as you asked' }, { budget: 7 }));
    expect(view.readable).toBe(true);
    expect(view.rows.map(plain).join('\n')).not.toContain('says');
  });

  it('turns approving off where the whole command does not fit, and says how to see it', () => {
    const long = look({ words: ['echo', 'word '.repeat(200)] }, { budget: 12 });
    const view = cardView(long);
    expect(view.readable).toBe(false);
    expect(view.rows.map(plain).join('\n')).toMatch(/enlarge to 80×\d+ or press d {3}n deny/);
    const needed = Number(/80×(\d+)/.exec(view.rows.map(plain).join(''))?.[1]);
    expect(cardView({ ...long, budget: needed - 4 }).readable).toBe(true);
    expect(cardView({ ...long, budget: needed - 5 }).readable).toBe(false);
  });

  it('counts a text on standard input and a change to a file as part of what is approved', () => {
    const detail = Array.from({ length: 30 }, (_, i) => `+ row ${i}`).join('\n');
    expect(cardView(look({ detail }, { budget: 20 })).readable).toBe(false);
    expect(rows({ detail: '+ new\n- old' })).toEqual(
      expect.arrayContaining(['▌   + new', '▌   - old']),
    );
  });

  it('becomes a line that says what to do where hardly anything fits', () => {
    const told = (columns: number, budget: number): string =>
      rows({}, { columns, budget }).join('|');
    expect(told(80, 1)).toBe('▌ APPROVAL k7p2: make the window larger');
    expect(told(20, 3)).toBe('▌ APPROVAL k7p2:|▌ make the window|▌ larger');
    expect(told(20, 2)).toBe('▌ APPROVAL k7p2:|▌ enlarge');
    expect(told(20, 1)).toBe('▌ APPROVAL k7p2');
    expect(cardView(look({}, { columns: 20, budget: 2 })).readable).toBe(false);
    const pager = { open: true, offset: 0, seen: 100 };
    expect(cardView(look({}, { columns: 20, budget: 2, pager })).readable).toBe(false);
  });

  it('can be read in pages, and approved once the last one was seen', () => {
    const long = look({ words: ['echo', 'word '.repeat(200)] }, { budget: 12 });
    const first = cardView({ ...long, pager: { open: true, offset: 0, seen: 0 } });
    expect(first.readable).toBe(false);
    expect(first.rows.map(plain).at(-1)).toContain('reads on');
    const offset = first.length - first.page;
    const last = cardView({ ...long, pager: { open: true, offset, seen: 0 } });
    expect(last.readable).toBe(true);
    const back = cardView({ ...long, pager: { open: true, offset: 0, seen: first.length } });
    expect(back.readable).toBe(true);
  });

  it('shows every letter of the command wherever it says that it is readable', () => {
    const word = fc.string({ minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 20, max: 120 }),
        fc.integer({ min: 1, max: 40 }),
        (words, columns, budget) => {
          const spacious = cardView(look({ words }, { columns, budget: 500 }));
          const view = cardView(look({ words }, { columns, budget }));
          expect(view.rows.length).toBeLessThanOrEqual(budget);
          for (const spans of view.rows) expect(widthOf(spans)).toBeLessThanOrEqual(columns);
          if (view.readable) expect(view.rows.map(plain)).toEqual(spacious.rows.map(plain));
        },
      ),
    );
  });
});

describe('after a decision', () => {
  const at = new Date(2026, 0, 1, 10, 2).getTime();
  const event = { kind: 'approval.decided', id: 'a1', code: 'k7p2', at } as const;

  it('one line says what became of it, and where', () => {
    const here = { surface: 'terminal', id: 'owner' };
    expect(decisionSentence({ ...event, state: 'approved', by: here })).toBe(
      'Approved k7p2 here 10:02',
    );
    const phone = { surface: 'telegram', id: '42' };
    expect(decisionSentence({ ...event, state: 'denied', by: phone })).toBe(
      'Denied k7p2 by telegram 42 10:02',
    );
    expect(decisionSentence({ ...event, state: 'expired' })).toContain('Expired k7p2');
    expect(decisionSentence({ ...event, state: 'void' })).toBe(
      'Withdrawn k7p2 10:02: the task that asked was stopped',
    );
  });

  it('nothing more is said when it is used', () => {
    expect(decisionSentence({ ...event, state: 'used' })).toBeUndefined();
  });
});

describe('the countdown', () => {
  it('is minutes and seconds, and never below zero', () => {
    expect(countdown(118_000, 0)).toBe('1:58');
    expect(countdown(9_100, 0)).toBe('0:10');
    expect(countdown(0, 5_000)).toBe('0:00');
  });
});

const offer: Offer = {
  agent: 'atom',
  action: 'shell.exec',
  jail: 'work',
  access: 'work (read-write, no network)',
  folder: '/home/dana/work',
  sender: 'telegram/42',
  program: '/usr/bin/git',
  words: ['git', 'commit', '-m', 'a b'],
  extent: 'exact',
};

describe('a card that could stand', () => {
  it('names the keys for an hour and for longer', () => {
    expect(rows({ offers: [offer] }).join('\n')).toContain('y once   h for 1 hour   a always…');
    expect(rows().join('\n')).not.toContain('always');
  });

  it('shows each offer to the letter before one can be picked', () => {
    const shown = rows({ offers: [offer] }, { choosing: true }).join('\n');
    expect(shown).toContain(`1  git commit -m 'a b'`);
    for (const scope of ['/usr/bin/git', '/home/dana/work', 'telegram/42', 'agent atom'])
      expect(shown).toContain(scope);
    expect(cardView(look({ offers: [offer] }, { choosing: true, budget: 5 })).readable).toBe(false);
  });

  it('asks for the digits of the second factor where those are needed', () => {
    const standing = { offer: 0, lifetime: '1h' } as const;
    expect(rows({ offers: [offer] }, { standing, typed: '12' }).join('\n')).toContain(
      'to allow it for 1 hour: 12____',
    );
  });
});

describe('a card for several like requests', () => {
  it('shows every one of them and the two ways to say yes', () => {
    const shown = rows({ words: ['mkdir', 'a'], others: [['mkdir', 'b c']] }).join('\n');
    expect(shown).toContain(`$ mkdir 'b c'`);
    expect(shown).toContain('y all 2   s one by one   n deny');
  });
});
