import type { TurnDeps } from '../agent/turn-deps.ts';

type State = Parameters<TurnDeps['onState']>[0];

/** How far a turn is, as the log says it. */
export function stateWords(state: State): string {
  switch (state.step) {
    case 'started':
      return 'turn started';
    case 'summing-up':
      return 'summing up the older part of the conversation';
    case 'thinking':
      return `asking the planner: ${state.planner}`;
    case 'acting':
      return `tool requested: ${state.tool} ${state.words.join(' ')}`;
    case 'waiting':
      return `waiting for approval ${state.code}`;
    case 'joined':
      return `taken into the turn of ${state.turn}`;
    case 'ended':
      return `turn ended: ${state.result}`;
  }
}
