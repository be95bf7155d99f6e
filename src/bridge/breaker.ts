import { type Clock, steadyClock } from '../base/clock.ts';
import {
  afterFailure,
  afterSignOfLife,
  afterSuccess,
  type CircuitState,
  CLOSED,
  mayTryAt,
  stateOf,
  trying,
} from '../domain/circuit.ts';

/** Keeps a gateway that takes nothing from being sent one message after the other. */
export interface Breaker {
  /** How long until a try may begin, milliseconds; 0 for now. */
  waitMs(): number;
  begin(): void;
  /** A gateway that does a handshake is there again. */
  met(): void;
  worked(): void;
  failed(reason: string): void;
  state(): CircuitState['state'];
  readonly trips: number;
}

export function createBreaker(clock: Clock): Breaker {
  const steady = steadyClock(clock);
  let circuit = CLOSED;
  let trips = 0;
  return {
    waitMs: () => mayTryAt(circuit, steady.now()) - steady.now(),
    begin: () => {
      circuit = trying(circuit, steady.now());
    },
    met: () => {
      circuit = afterSignOfLife(circuit, steady.now());
    },
    worked: () => {
      circuit = afterSuccess(circuit);
    },
    failed: (reason) => {
      const wasClosed = circuit.openedAt === undefined;
      circuit = afterFailure(circuit, steady.now(), reason);
      if (wasClosed && circuit.openedAt !== undefined) trips += 1;
    },
    state: () => stateOf(circuit, steady.now()).state,
    get trips() {
      return trips;
    },
  };
}
