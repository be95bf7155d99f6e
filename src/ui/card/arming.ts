import {
  type Arming,
  type ArmingEvent,
  approve,
  type Head,
  isArmed,
  type Press,
  type PressEvent,
  type Step,
  unarmed,
} from './armed.ts';
import { isPerson, personKey } from './person-keys.ts';
import { standingKey } from './standing-keys.ts';

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

function newHead(state: Arming, head: Head | undefined, at: number): Arming {
  if (head?.id === state.head?.id) return state;
  return head ? { ...unarmed(at), head } : unarmed(at);
}

function onComposer(state: Arming, { press, at }: PressEvent): Step {
  if (press.name !== 'tab' || !state.head) return { state, effect: { do: 'compose' } };
  return {
    state: {
      ...unarmed(at),
      ...(state.head ? { head: state.head } : {}),
      answering: state.answering,
      focus: 'card',
    },
  };
}

function onCard(state: Arming, event: PressEvent): Step {
  if (event.press.name === 'tab') return { state: { ...state, focus: 'composer' } };
  const step = keyOnCard(state, event);
  const didNothing = !step.effect && PROGRESS.every((field) => step.state[field] === state[field]);
  return { ...step, state: { ...step.state, lostAt: didNothing ? event.at : undefined } };
}

/** What a key can get on with, short of deciding. */
const PROGRESS = ['head', 'typed', 'named', 'choosing', 'standing'] as const;

function keyOnCard(state: Arming, event: PressEvent): Step {
  const { press, at } = event;
  const heard = { ...state, quietSince: at };
  if (!state.head || !isArmed(state, at) || press.name === 'paste') return { state: heard };
  if (isPerson(state.head)) return personKey(state, state.head, event);
  const standing = standingKey(state, state.head, event);
  if (standing) return standing;
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
  if (press.name === 'text' && press.text === 's' && readable && head.others > 0)
    return approve(state, { head, at, step: true });
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

const deny = (state: Arming, head: Head, stop: boolean): Step => ({
  state: { ...state, answering: true, typed: '' },
  effect: { do: 'deny', head, stop },
});
