import type { StandChoice } from '../../domain/typed-answer.ts';
import { type Arming, approve, type Head, type PressEvent, type Step } from './armed.ts';
import { digitsKey } from './digits.ts';

/**
 * The keys of a yes that stands: `h` lets the narrowest offer stand for an hour, `a` shows all offers,
 * and a number picks one for longer. Where there is a second factor its digits follow. Undefined where
 * a key is none of these.
 */
export function standingKey(state: Arming, head: Head, event: PressEvent): Step | undefined {
  const { press } = event;
  const isUnderWay = state.choosing || state.standing !== undefined;
  if (press.name === 'escape' && isUnderWay) return { state: back(state, event.at) };
  const { standing: stand } = state;
  if (stand)
    return digitsKey(state, event, (code) => approve(state, { head, at: event.at, stand, code }));
  if (state.choosing) return choiceKey(state, head, event);
  if (head.factor !== 'tap' || head.offers === 0 || press.name !== 'text') return undefined;
  if (press.text === 'a') return { state: { ...state, choosing: true, quietSince: event.at } };
  return press.text === 'h' && event.readable
    ? pick(state, { head, stand: { offer: 0, lifetime: '1h' } }, event.at)
    : undefined;
}

const back = (state: Arming, at: number): Arming => ({
  ...state,
  choosing: false,
  standing: undefined,
  typed: '',
  quietSince: at,
});

/** Only a number of an offer that is on the screen; a second key, so never a slip of one. */
function choiceKey(state: Arming, head: Head, { press, readable, at }: PressEvent): Step {
  const offer = press.name === 'text' && /^[1-9]$/.test(press.text) ? Number(press.text) - 1 : -1;
  if (!readable || offer < 0 || offer >= head.offers)
    return { state: { ...state, quietSince: at } };
  return pick(state, { head, stand: { offer, lifetime: '30d' } }, at);
}

function pick(
  state: Arming,
  { head, stand }: { readonly head: Head; readonly stand: StandChoice },
  at: number,
): Step {
  if (head.offerFactor !== 'totp')
    return approve({ ...state, choosing: false }, { head, at, stand });
  return { state: { ...state, choosing: false, standing: stand, typed: '', quietSince: at } };
}
