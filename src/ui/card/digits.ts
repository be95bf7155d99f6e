import type { Arming, PressEvent, Step } from './armed.ts';

/** The keys of a second factor: six digits, in pieces or not, and Enter, which makes `done` of them. */
export function digitsKey(
  state: Arming,
  { press, at }: PressEvent,
  done: (code: string) => Step,
): Step {
  if (press.name === 'backspace') return { state: { ...state, typed: state.typed.slice(0, -1) } };
  if (press.name === 'text' && /^\d{1,6}$/.test(press.text))
    return { state: { ...state, typed: (state.typed + press.text).slice(0, 6) } };
  if (press.name !== 'enter') return { state };
  if (/^\d{6}$/.test(state.typed)) return done(state.typed);
  return {
    state: { ...state, typed: '', quietSince: at },
    effect: { do: 'mistyped', wanted: 'digits' },
  };
}
