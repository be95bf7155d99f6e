import type { Factor } from '../../domain/decision.ts';
import type { Role } from '../../domain/role.ts';
import type { StandChoice } from '../../domain/typed-answer.ts';

/** No key at all for this long after the card takes the keys; only then do keys decide. */
export const ARM_MS = 600;
/** A key that did nothing is spoken of for this long. */
export const LOST_MS = 1_500;

/** The question at the head of the queue. */
export interface Head {
  readonly id: string;
  readonly code: string;
  readonly factor: Factor;
  /** How many like requests are on the same card. */
  readonly others: number;
  /** How many offers there are to let it stand, and what that takes. */
  readonly offers: number;
  readonly offerFactor: Factor;
  /** Somebody is to be let in, as that; nothing is to be done. */
  readonly person?: Role;
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
  /** The offers are on the screen, to be picked from. */
  readonly choosing: boolean;
  /** What was picked to stand, and waits for the digits of the second factor. */
  readonly standing: StandChoice | undefined;
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
  | {
      readonly do: 'approve';
      readonly head: Head;
      readonly code?: string;
      /** Of several like requests only the first. */
      readonly step?: boolean;
      readonly stand?: StandChoice;
    }
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
  choosing: false,
  standing: undefined,
  answering: false,
});

export const isArmed = (state: Arming, at: number): boolean =>
  state.focus === 'card' && !state.answering && at - state.quietSince >= ARM_MS;

/** True for a moment after a key that did nothing on the card. */
export const isLost = ({ focus, lostAt }: Arming, at: number): boolean =>
  focus === 'card' && lostAt !== undefined && at - lostAt < LOST_MS;

export type PressEvent = Extract<ArmingEvent, { kind: 'press' }>;

/** Where it is not taken, a card that was named stays so: only other digits are asked for. */
export const approve = (
  state: Arming,
  { at, ...yes }: Omit<Extract<Effect, { do: 'approve' }>, 'do'> & { readonly at: number },
): Step => ({
  state: { ...state, answering: true, typed: '', quietSince: at },
  effect: { do: 'approve', ...yes },
});
