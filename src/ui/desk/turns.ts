import { visible } from '../../base/visible.ts';
import { moreLines, noLines } from '../../domain/last-lines.ts';
import type { GatewayEvent, TurnState } from '../../protocol/events.ts';
import { keyOf } from '../../protocol/session-key.ts';
import { shellLine } from '../text/quote.ts';
import type { Turn } from './state.ts';

/** The conversation of this terminal. */
export const OWN_SESSION = keyOf({ channel: 'terminal', account: 'main', peer: 'main' }, false);

/** What is kept of what a command prints; fewer are drawn where the screen is small. */
export const MOST_LINES = 5;

type TurnEvent = Extract<GatewayEvent, { kind: 'turn' }>;
type OutputEvent = Extract<GatewayEvent, { kind: 'output' }>;

/** The turns that run, after one of them moved on. */
export function afterTurn(turns: readonly Turn[], { session, state }: TurnEvent): readonly Turn[] {
  const others = turns.filter((turn) => turn.session !== session);
  return state.step === 'ended'
    ? others
    : [...others, { session, words: turnWords(state), tail: noLines }];
}

/** The turns that run, after one of them printed something. */
export const afterOutput = (
  turns: readonly Turn[],
  { session, ...part }: OutputEvent,
): readonly Turn[] =>
  turns.map((turn) =>
    turn.session === session ? { ...turn, tail: moreLines(turn.tail, part, MOST_LINES) } : turn,
  );

/** The turn that the progress row tells about: ours, else the one that moved last. */
export const shownTurn = (turns: readonly Turn[]): Turn | undefined =>
  turns.find(({ session }) => session === OWN_SESSION) ?? turns.at(-1);

function turnWords(state: Exclude<TurnState, { step: 'ended' }>): string {
  switch (state.step) {
    case 'started':
      return 'reading your message';
    case 'thinking':
      return `thinking (${visible(state.planner)})`;
    case 'summing-up':
      return 'summing up what was said before';
    case 'acting':
      return `${visible(state.tool)}: ${visible(shellLine(state.words))}`;
    case 'waiting':
      return `waiting for a decision on ${visible(state.code)}`;
    case 'joined':
      return 'reading what you said meanwhile';
  }
}
