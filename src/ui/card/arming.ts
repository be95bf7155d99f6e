import type { Factor } from '../../domain/decision.ts';

/** No key at all for this long after the card takes the keys; only then do keys decide. */
export const ARM_MS = 600;
/** A key that did nothing is spoken of for this long. */
export const LOST_MS = 1_500;

/** The question at the head of the queue. */
export interface Head {
  readonly id: string;
  readonly code: string;
  readonly factor: Factor;
}

/** Who the keys belong to, and whether they may decide. Times are monotonic milliseconds. */
export interface Arming {
  readonly head?: Head;
  /** A card has the keys from Tab on and no longer than it waits: never by itself, never inherited. */
  readonly focus: 'composer' | 'card';
  /** The last key, or the moment the card came or took the keys: silence counts from here. */
  readonly quietSince: number;
  /** When a key did nothing on the card, unless one did something since. */
  readonly lostAt: number | undefined;
  /** What was typed so far, of the card's code or of the digits that follow it. */
  readonly typed: string;
  /** The card's code was typed; now the digits of the second factor are. */
  readonly named: boolean;
  /** True while an answer is on its way. */
  readonly answering: boolean;
}

/** One event from the keyboard. `text` is what it would write; several characters decide nothing. */
export interface Press {
  readonly name:
    | 'text'
    | 'enter'
    | 'escape'
    | 'tab'
    | 'backspace'
    | 'up'
    | 'down'
    | 'paste'
    | 'other';
  readonly text: string;
}

export type ArmingEvent =
  | { readonly kind: 'head'; readonly head: Head | undefined; readonly at: number }
  /** `readable`: the whole request is, or was, on the screen. */
  | {
      readonly kind: 'press';
      readonly press: Press;
      readonly readable: boolean;
      readonly at: number;
    }
  /** The answer was not taken; the question is still there. */
  | { readonly kind: 'refused'; readonly at: number };

export type Effect =
  /** `code`: of the second factor, for a card that needs one. */
  | { readonly do: 'approve'; readonly head: Head; readonly code?: string }
  | { readonly do: 'deny'; readonly head: Head; readonly stop: boolean }
  | { readonly do: 'details' }
  | { readonly do: 'help' }
  | { readonly do: 'page'; readonly by: 1 | -1 }
  | { readonly do: 'mistyped'; readonly wanted: 'code' | 'digits' }
  /** The key is the composer's. */
  | { readonly do: 'compose' };

export interface Step {
  readonly state: Arming;
  readonly effect?: Effect;
}

export const unarmed = (at: number): Arming => ({
  focus: 'composer',
  quietSince: at,
  lostAt: undefined,
  typed: '',
  named: false,
  answering: false,
});

export const isArmed = (state: Arming, at: number): boolean =>
  state.focus === 'card' && !state.answering && at - state.quietSince >= ARM_MS;

/** True for a moment after a key that did nothing on the card. */
export const isLost = ({ focus, lostAt }: Arming, at: number): boolean =>
  focus === 'card' && lostAt !== undefined && at - lostAt < LOST_MS;

/** The whole of input safety: pure, so that what approves can be read and tested in one place. */
export function arming(state: Arming, event: ArmingEvent): Step {
  switch (event.kind) {
    case 'head':
      return { state: newHead(state, event.head, event.at) };
    case 'refused':
      return { state: { ...state, answering: false, typed: '', quietSince: event.at } };
    case 'press':
      return state.focus === 'card' ? onCard(state, event) : onComposer(state, event);
  }
}

type PressEvent = Extract<ArmingEvent, { kind: 'press' }>;

function newHead(state: Arming, head: Head | undefined, at: number): Arming {
  if (head?.id === state.head?.id) return state;
  return head ? { ...unarmed(at), head } : unarmed(at);
}

function onComposer(state: Arming, { press, at }: PressEvent): Step {
  if (press.name !== 'tab' || !state.head) return { state, effect: { do: 'compose' } };
  return {
    state: { ...state, focus: 'card', quietSince: at, lostAt: undefined, typed: '', named: false },
  };
}

function onCard(state: Arming, event: PressEvent): Step {
  if (event.press.name === 'tab') return { state: { ...state, focus: 'composer' } };
  const step = keyOnCard(state, event);
  const { typed, named } = step.state;
  const didNothing = !step.effect && typed === state.typed && named === state.named;
  return { ...step, state: { ...step.state, lostAt: didNothing ? event.at : undefined } };
}

function keyOnCard(state: Arming, event: PressEvent): Step {
  const { press, at } = event;
  const heard = { ...state, quietSince: at };
  if (!state.head || !isArmed(state, at) || press.name === 'paste') return { state: heard };
  if (press.name === 'escape') return deny(heard, state.head, false);
  if (press.name === 'up' || press.name === 'down') {
    return { state, effect: { do: 'page', by: press.name === 'up' ? -1 : 1 } };
  }
  return state.head.factor === 'tap'
    ? onTapCard(state, state.head, event)
    : onTypedCard(state, state.head, event);
}

/** One key decides. Any other key starts the wait again: somebody may be writing a message. */
function onTapCard(state: Arming, head: Head, { press, readable, at }: PressEvent): Step {
  if (press.name === 'text' && press.text === 'y' && readable) return approve(state, { head, at });
  return command(state, head, press) ?? { state: { ...state, quietSince: at } };
}

/** The code decides, once Enter follows it; it may come in pieces. Digits of a second factor come after. */
function onTypedCard(state: Arming, head: Head, event: PressEvent): Step {
  const { press } = event;
  if (press.name === 'enter') return entered(state, head, event);
  if (press.name === 'backspace') return { state: { ...state, typed: state.typed.slice(0, -1) } };
  if (press.name !== 'text') return { state };
  const first = state.typed === '' && (state.named || !head.code.startsWith(press.text));
  return (first ? command(state, head, press) : undefined) ?? { state: typeOn(state, press.text) };
}

function entered(state: Arming, head: Head, { readable, at }: PressEvent): Step {
  const { typed, named } = state;
  if (typed === '') return { state: { ...state, quietSince: at } };
  if (named && /^\d{6}$/.test(typed) && readable) return approve(state, { head, at, code: typed });
  if (!named && typed === head.code && readable) {
    if (head.factor !== 'totp') return approve(state, { head, at });
    return { state: { ...state, typed: '', named: true } };
  }
  return {
    state: { ...state, typed: '', quietSince: at },
    effect: { do: 'mistyped', wanted: named ? 'digits' : 'code' },
  };
}

/** Letters of a chunk count, the Enter that a slow line put behind them does not: it has to be pressed. */
function typeOn(state: Arming, text: string): Arming {
  const letters = text.replace(/\r$/, '').toLowerCase();
  const isCode = (state.named ? /^\d{1,6}$/ : /^[a-z0-9]{1,4}$/).test(letters);
  return isCode ? { ...state, typed: (state.typed + letters).slice(0, 8) } : state;
}

function command(state: Arming, head: Head, { name, text }: Press): Step | undefined {
  if (name !== 'text') return undefined;
  if (text === 'n') return deny(state, head, false);
  if (text === 'x') return deny(state, head, true);
  if (text === 'd') return { state, effect: { do: 'details' } };
  if (text === '?') return { state, effect: { do: 'help' } };
  if (text === ' ') return { state, effect: { do: 'page', by: 1 } };
  return undefined;
}

/** Where it is not taken, a card that was named stays so: only other digits are asked for. */
const approve = (
  state: Arming,
  { at, ...yes }: { readonly head: Head; readonly at: number; readonly code?: string },
): Step => ({
  state: { ...state, answering: true, typed: '', quietSince: at },
  effect: { do: 'approve', ...yes },
});

const deny = (state: Arming, head: Head, stop: boolean): Step => ({
  state: { ...state, answering: true, typed: '' },
  effect: { do: 'deny', head, stop },
});
