import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ARM_MS,
  type Arming,
  type ArmingEvent,
  type Effect,
  type Head,
  isArmed,
  isLost,
  LOST_MS,
  type Press,
  unarmed,
} from '../../../src/ui/card/armed.ts';
import { arming } from '../../../src/ui/card/arming.ts';

const tapHead: Head = {
  id: 'a',
  code: 'k7p2',
  factor: 'tap',
  others: 0,
  offers: 0,
  offerFactor: 'tap',
};
const typedHead: Head = {
  id: 'b',
  code: 'k7p2',
  factor: 'typed',
  others: 0,
  offers: 0,
  offerFactor: 'tap',
};

const text = (letters: string): Press => ({ name: 'text', text: letters });
const key = (name: Press['name']): Press => ({ name, text: '' });
const pressAt = (press: Press, at: number, readable = true): ArmingEvent => ({
  kind: 'press',
  press,
  readable,
  at,
});

/** Plays events one after the other. */
function play(
  events: readonly ArmingEvent[],
  from = unarmed(0),
): { state: Arming; effects: Effect[] } {
  const effects: Effect[] = [];
  let state = from;
  for (const event of events) {
    const step = arming(state, event);
    state = step.state;
    if (step.effect) effects.push(step.effect);
  }
  return { state, effects };
}

/** A card that has the keys since 0, and is armed from ARM_MS on. */
const focused = (head: Head): Arming =>
  play([{ kind: 'head', head, at: -1 }, pressAt(key('tab'), 0)]).state;

const verdicts = (effects: readonly Effect[]): string[] =>
  effects.map((effect) => effect.do).filter((what) => what === 'approve' || what === 'deny');

describe('a card that appears', () => {
  it('leaves the keys with the composer', () => {
    const { state, effects } = play([
      { kind: 'head', head: tapHead, at: 0 },
      pressAt(text('y'), 5_000),
    ]);
    expect(state.focus).toBe('composer');
    expect(effects).toEqual([{ do: 'compose' }]);
  });

  it('takes the keys with Tab', () => {
    expect(focused(tapHead).focus).toBe('card');
  });

  it('leaves every key of a sentence with the composer, however slowly it is typed', () => {
    const sentence = [...'you are funny'].map((letter, i) => pressAt(text(letter), i * 60_000));
    const { state, effects } = play([{ kind: 'head', head: tapHead, at: 0 }, ...sentence]);
    expect(state.focus).toBe('composer');
    expect(new Set(effects.map((effect) => effect.do))).toEqual(new Set(['compose']));
  });

  it('gives the keys back with Tab', () => {
    const { state, effects } = play(
      [pressAt(key('tab'), 700), pressAt(text('y'), 9_000)],
      focused(tapHead),
    );
    expect(state.focus).toBe('composer');
    expect(effects).toEqual([{ do: 'compose' }]);
  });
});

describe('a card with the keys', () => {
  it('lets y approve after the silence, and not a millisecond before', () => {
    expect(verdicts(play([pressAt(text('y'), ARM_MS)], focused(tapHead)).effects)).toEqual([
      'approve',
    ]);
    expect(verdicts(play([pressAt(text('y'), ARM_MS - 1)], focused(tapHead)).effects)).toEqual([]);
  });

  it('counts the silence anew from a key that came too soon', () => {
    const early = play([pressAt(text('y'), ARM_MS - 1)], focused(tapHead)).state;
    expect(verdicts(play([pressAt(text('y'), 2 * ARM_MS - 2)], early).effects)).toEqual([]);
    expect(verdicts(play([pressAt(text('y'), 2 * ARM_MS - 1)], early).effects)).toEqual([
      'approve',
    ]);
  });

  it.each([
    ['n', text('n'), false],
    ['Esc', key('escape'), false],
    ['x', text('x'), true],
  ])('lets %s deny, and stop where it says so', (_name, press, stop) => {
    const { effects } = play([pressAt(press, ARM_MS)], focused(tapHead));
    expect(effects).toEqual([{ do: 'deny', head: tapHead, stop }]);
  });

  it('approves nothing while it cannot be read whole, but can be denied', () => {
    expect(verdicts(play([pressAt(text('y'), ARM_MS, false)], focused(tapHead)).effects)).toEqual(
      [],
    );
    expect(verdicts(play([pressAt(text('n'), ARM_MS, false)], focused(tapHead)).effects)).toEqual([
      'deny',
    ]);
  });

  it('answers once: a second y is not an answer to anything', () => {
    const { effects } = play(
      [pressAt(text('y'), ARM_MS), pressAt(text('y'), 5_000), pressAt(text('n'), 9_000)],
      focused(tapHead),
    );
    expect(verdicts(effects)).toEqual(['approve']);
  });

  it('can be answered again after a silence where the answer was not taken', () => {
    const refused = play(
      [pressAt(text('y'), ARM_MS), { kind: 'refused', at: 3_000 }],
      focused(tapHead),
    ).state;
    expect(verdicts(play([pressAt(text('y'), 3_000 + ARM_MS - 1)], refused).effects)).toEqual([]);
    expect(verdicts(play([pressAt(text('y'), 3_000 + ARM_MS)], refused).effects)).toEqual([
      'approve',
    ]);
  });

  it('takes no y that belongs to a message: other letters start the silence again', () => {
    const message = [...'ok yes'].map((letter, i) => pressAt(text(letter), ARM_MS + i * 120));
    expect(verdicts(play(message, focused(tapHead)).effects)).toEqual([]);
  });

  it('leaves the keys with the composer when another card takes its place', () => {
    const next: Head = { ...tapHead, id: 'c' };
    const { state, effects } = play(
      [{ kind: 'head', head: next, at: 1_000 }, pressAt(text('y'), 60_000)],
      focused(tapHead),
    );
    expect(state.focus).toBe('composer');
    expect(effects).toEqual([{ do: 'compose' }]);
  });

  it.each([
    ['a paste', { name: 'paste', text: 'list files' } as const],
    ['a line that came in one piece', text('list files\r')],
    ['Enter', key('enter')],
    ['a key that came too soon', text('y'), ARM_MS - 1],
  ])('remembers for a moment that it did nothing with %s', (_what, press, at = ARM_MS) => {
    const { state } = play([pressAt(press, at)], focused(tapHead));
    expect(isLost(state, at + LOST_MS - 1)).toBe(true);
    expect(isLost(state, at + LOST_MS)).toBe(false);
  });

  it('forgets that once a key did something', () => {
    const lost = play([pressAt(key('enter'), ARM_MS)], focused(tapHead)).state;
    const { state } = play([pressAt(text('?'), 2 * ARM_MS)], lost);
    expect(isLost(state, 2 * ARM_MS)).toBe(false);
  });

  it('stays as it is when the same card is told again', () => {
    const before = focused(tapHead);
    expect(play([{ kind: 'head', head: { ...tapHead }, at: 400 }], before).state).toBe(before);
  });

  it('gives the keys back when nothing waits any more', () => {
    const { state } = play([{ kind: 'head', head: undefined, at: 100 }], focused(tapHead));
    expect(state).toMatchObject({ focus: 'composer', typed: '' });
    expect(state.head).toBeUndefined();
  });
});

describe('a card that wants its code typed', () => {
  const typing = (pieces: readonly string[], last: Press): readonly ArmingEvent[] => [
    ...pieces.map((piece, i) => pressAt(text(piece), ARM_MS + i)),
    pressAt(last, ARM_MS + 100),
  ];

  it.each([[['k', '7', 'p', '2']], [['k7', 'p2']], [['k7p2']], [['K7P2']], [['k7p2\r']]])(
    'approves after the code %j and Enter',
    (pieces) => {
      const { effects } = play(typing(pieces, key('enter')), focused(typedHead));
      expect(effects).toEqual([{ do: 'approve', head: typedHead }]);
    },
  );

  it.each([
    ['no Enter', ['k7p2'], key('other')],
    ['Enter alone', [], key('enter')],
    ['y', ['y'], key('enter')],
    ['half the code', ['k7'], key('enter')],
    ['another code', ['k7p3'], key('enter')],
    ['more than the code', ['k7p2', '2'], key('enter')],
    ['code and Enter in one piece', ['k7p2\r'], key('other')],
  ])('approves nothing with %s', (_what, pieces, last) => {
    expect(verdicts(play(typing(pieces, last), focused(typedHead)).effects)).toEqual([]);
  });

  it('forgets a wrong code and waits again', () => {
    const { state, effects } = play(typing(['zzzz'], key('enter')), focused(typedHead));
    expect(effects).toEqual([{ do: 'mistyped', wanted: 'code' }]);
    expect(state.typed).toBe('');
    expect(isArmed(state, ARM_MS + 100)).toBe(false);
  });

  it('takes backspace', () => {
    const { effects } = play(
      [...typing(['k7x'], key('backspace')), ...typing(['p2'], key('enter'))],
      focused(typedHead),
    );
    expect(verdicts(effects)).toEqual(['approve']);
  });

  it('takes letters of its code for the code, even those that are commands elsewhere', () => {
    const head: Head = {
      id: 'n',
      code: 'nxd2',
      factor: 'typed',
      others: 0,
      offers: 0,
      offerFactor: 'tap',
    };
    const pieces = ['n', 'x', 'd', '2'];
    expect(play(typing(pieces, key('enter')), focused(head)).effects).toEqual([
      { do: 'approve', head },
    ]);
  });

  it('can be denied with Esc at any time', () => {
    expect(verdicts(play(typing(['k7'], key('escape')), focused(typedHead)).effects)).toEqual([
      'deny',
    ]);
  });
});

describe('a card that wants a code of the second factor', () => {
  const totpHead: Head = {
    id: 't',
    code: 'k7p2',
    factor: 'totp',
    others: 0,
    offers: 0,
    offerFactor: 'tap',
  };
  const typing = (...presses: readonly (Press | string)[]): readonly ArmingEvent[] =>
    presses.map((press, i) => pressAt(typeof press === 'string' ? text(press) : press, ARM_MS + i));
  const played = (...presses: readonly (Press | string)[]) =>
    play(typing(...presses), focused(totpHead));
  const named = ['k7p2', key('enter')] as const;

  it.each([[['123456']], [['1', '2', '3', '4', '5', '6']], [['123', '456']], [['123456\r']]])(
    'approves after its own code, Enter, the digits %j and Enter',
    (digits) => {
      const { effects } = played(...named, ...digits, key('enter'));
      expect(effects).toEqual([{ do: 'approve', head: totpHead, code: '123456' }]);
    },
  );

  it.each([
    ['its own code alone', [...named]],
    ['its own code and Enter twice', [...named, key('enter')]],
    ['digits alone', ['123456', key('enter')]],
    ['digits without Enter', [...named, '123456']],
    ['five digits', [...named, '12345', key('enter')]],
    ['seven digits', [...named, '123456', '7', key('enter')]],
    ['letters for digits', [...named, 'k7p2', key('enter')]],
    ['another code of the card', ['k7p3', key('enter'), '123456', key('enter')]],
    ['digits and Enter in one piece', [...named, '123456\r', key('other')]],
    ['a paste of digits', [...named, { name: 'paste', text: '123456' } as const, key('enter')]],
    ['digits after Tab there and back', [...named, key('tab'), key('tab'), '123456', key('enter')]],
  ])('approves nothing with %s', (_what, presses) => {
    expect(verdicts(played(...presses).effects)).toEqual([]);
  });

  it('says what was mistyped, and asks for that again', () => {
    expect(played('k7p3', key('enter')).effects).toEqual([{ do: 'mistyped', wanted: 'code' }]);
    const { state, effects } = played(...named, '12', key('enter'));
    expect(effects).toEqual([{ do: 'mistyped', wanted: 'digits' }]);
    expect(state).toMatchObject({ named: true, typed: '' });
  });

  it('asks only for other digits where those were wrong, after a silence', () => {
    const sent = played(...named, '123456', key('enter')).state;
    const again = play([{ kind: 'refused', at: 5_000 }], sent).state;
    const digits = (at: number) => [pressAt(text('654321'), at), pressAt(key('enter'), at + 1)];
    expect(verdicts(play(digits(5_000 + ARM_MS - 1), again).effects)).toEqual([]);
    expect(play(digits(5_000 + ARM_MS), again).effects).toEqual([
      { do: 'approve', head: totpHead, code: '654321' },
    ]);
  });

  it('approves nothing while it cannot be read whole', () => {
    const blind = [pressAt(text('k7p2'), ARM_MS, false), pressAt(key('enter'), ARM_MS + 1, false)];
    expect(play(blind, focused(totpHead)).state.named).toBe(false);
    const late = [pressAt(text('123456'), 900), pressAt(key('enter'), 901, false)];
    expect(verdicts(play(late, played(...named).state).effects)).toEqual([]);
  });

  it.each([
    ['n', text('n'), false],
    ['x', text('x'), true],
    ['Esc', key('escape'), false],
  ])('can be denied with %s before any digit', (_name, press, stop) => {
    expect(played(...named, press).effects).toEqual([{ do: 'deny', head: totpHead, stop }]);
  });

  it('wants everything anew of the card that comes next', () => {
    const next: Head = { ...totpHead, id: 'u' };
    const { state } = play([{ kind: 'head', head: next, at: 9_000 }], played(...named).state);
    expect(state).toMatchObject({ named: false, typed: '', focus: 'composer' });
  });
});

describe('whatever happens', () => {
  const names: readonly Press['name'][] = [
    'enter',
    'escape',
    'tab',
    'backspace',
    'up',
    'down',
    'other',
  ];
  const gap = fc.integer({ min: 0, max: 3_000 });
  const noise = fc.oneof(
    fc.string({ minLength: 2, maxLength: 12 }).map(text),
    fc
      .constantFrom('y', 'yy', 'y\r', 'yes', 'k7p2')
      .map((paste): Press => ({ name: 'paste', text: paste })),
    fc.constantFrom('yy', 'y\r', 'y\n', 'yes\r').map(text),
    fc.constant(key('enter')),
    fc.constant(key('tab')),
  );
  const timed = <T>(event: fc.Arbitrary<T>) => fc.array(fc.tuple(gap, event), { maxLength: 40 });
  const toEvents = (steps: readonly (readonly [number, Press])[]): ArmingEvent[] => {
    let at = 0;
    return steps.map(([wait, press]) => {
      at += wait;
      return pressAt(press, at);
    });
  };

  it('pastes, several letters at once and Enter approve nothing on a card for one key', () => {
    fc.assert(
      fc.property(timed(noise), (steps) => {
        const { effects } = play(toEvents(steps), focused(tapHead));
        expect(verdicts(effects)).not.toContain('approve');
      }),
    );
  });

  it('pastes and Enter approve nothing on a card that wants its code', () => {
    const pastes = fc.oneof(
      fc
        .constantFrom('k7p2', 'k7', 'p2', 'k7p2\r')
        .map((paste): Press => ({ name: 'paste', text: paste })),
      fc.constant(key('enter')),
      fc.constant(key('tab')),
    );
    fc.assert(
      fc.property(timed(pastes), (steps) => {
        const { effects } = play(toEvents(steps), focused(typedHead));
        expect(verdicts(effects)).not.toContain('approve');
      }),
    );
  });

  it('keys closer together than the silence decide nothing at all', () => {
    const any = fc.oneof(
      fc.constantFrom(...names.filter((name) => name !== 'tab')).map(key),
      fc.constantFrom('y', 'n', 'x', 'k', '7', 'k7p2', 'q').map(text),
    );
    const close = fc.array(fc.tuple(fc.integer({ min: 0, max: ARM_MS - 1 }), any), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        close,
        fc.constantFrom(tapHead, typedHead, { ...typedHead, factor: 'totp' as const }),
        (steps, head) => {
          expect(play(toEvents(steps), focused(head)).effects).toEqual([]);
        },
      ),
    );
  });

  it('an approval on a one-key card is always one y, on a readable card, after the silence', () => {
    const any = fc.oneof(
      noise,
      fc.constantFrom(...names).map(key),
      fc.constantFrom('y', 'n', 'q', 'd').map(text),
    );
    fc.assert(
      fc.property(timed(fc.tuple(any, fc.boolean())), (steps) => {
        let at = 0;
        let state = focused(tapHead);
        for (const [wait, [press, readable]] of steps) {
          at += wait;
          const before = state;
          const step = arming(state, pressAt(press, at, readable));
          state = step.state;
          if (step.effect?.do !== 'approve') continue;
          expect(press).toEqual(text('y'));
          expect(readable).toBe(true);
          expect(before.focus).toBe('card');
          expect(at - before.quietSince).toBeGreaterThanOrEqual(ARM_MS);
        }
      }),
    );
  });

  it('nothing reaches the composer while the card has the keys, and nothing the card while it has not', () => {
    const any = fc.oneof(
      noise,
      fc.constantFrom(...names).map(key),
      fc.constantFrom('y', 'n', 'x').map(text),
    );
    fc.assert(
      fc.property(timed(any), (steps) => {
        let state = focused(tapHead);
        for (const event of toEvents(steps)) {
          const { focus } = state;
          const step = arming(state, event);
          if (step.effect) expect(step.effect.do === 'compose').toBe(focus === 'composer');
          state = step.state;
        }
      }),
    );
  });
});

describe('a yes that stands', () => {
  const head: Head = { ...tapHead, offers: 2 };
  const keys = (...presses: readonly Press[]): readonly ArmingEvent[] =>
    presses.map((press, at) => pressAt(press, ARM_MS * (at + 2)));

  it('is given for an hour by one key, to the narrowest offer', () => {
    const { effects } = play(keys(text('h')), focused(head));
    expect(effects).toEqual([{ do: 'approve', head, stand: { offer: 0, lifetime: '1h' } }]);
  });

  it('is given for longer only by picking an offer that is on the screen', () => {
    const { effects } = play(keys(text('a'), text('2')), focused(head));
    expect(effects).toEqual([{ do: 'approve', head, stand: { offer: 1, lifetime: '30d' } }]);
    expect(play(keys(text('a'), text('3')), focused(head)).effects).toEqual([]);
    const unseen = [pressAt(text('a'), ARM_MS * 2), pressAt(text('1'), ARM_MS * 3, false)];
    expect(play(unseen, focused(head)).effects).toEqual([]);
  });

  it('is left again by Escape, which then denies nothing', () => {
    const { effects, state } = play(keys(text('a'), key('escape')), focused(head));
    expect(effects).toEqual([]);
    expect(state.choosing).toBe(false);
  });

  it('wants the digits of the second factor where there is one', () => {
    const proven: Head = { ...head, offerFactor: 'totp' };
    const digits = Array.from('123456', text);
    const { effects } = play(keys(text('h'), ...digits, key('enter')), focused(proven));
    expect(effects).toEqual([
      { do: 'approve', head: proven, stand: { offer: 0, lifetime: '1h' }, code: '123456' },
    ]);
    expect(verdicts(play(keys(text('h'), text('y')), focused(proven)).effects)).toEqual([]);
  });

  it('is not to be had where the card offers none, or wants its code typed', () => {
    for (const other of [tapHead, typedHead])
      expect(verdicts(play(keys(text('h'), text('a'), text('1')), focused(other)).effects)).toEqual(
        [],
      );
  });

  it('is not what one by one means: that approves the first of several', () => {
    const several: Head = { ...tapHead, others: 2 };
    expect(play(keys(text('s')), focused(several)).effects).toEqual([
      { do: 'approve', head: several, step: true },
    ]);
    expect(verdicts(play(keys(text('s')), focused(tapHead)).effects)).toEqual([]);
  });
});
