import { Stopped } from '../domain/stopped.ts';

export interface RunningTurn {
  readonly signal: AbortSignal;
  /** True where the turn was cut off by the gateway's end or a lost lease, and is to be taken again. */
  interrupted(): boolean;
  end(): void;
}

/** The turns under way, by session key, so that a person or the gateway's end can stop them. */
export interface Running {
  begin(key: string, lost: AbortSignal): RunningTurn;
  /** Stops the turn of a session for good; `by` says who wants that. False where none runs. */
  stop(key: string, by?: string): boolean;
  /** Stops all of them for good. */
  stopAll(): void;
  /** Cuts one turn off; it is taken again at the next start. */
  interrupt(key: string): void;
  /** The same with all turns. */
  interruptAll(): void;
  keys(): readonly string[];
}

export function createRunning(): Running {
  const turns = new Map<string, { byPerson: AbortController; byEnd: AbortController }>();
  const all = new AbortController();
  return {
    begin: (key, lost) => {
      const [byPerson, byEnd] = [new AbortController(), new AbortController()];
      const turn = { byPerson, byEnd };
      turns.set(key, turn);
      const ends = [byEnd.signal, all.signal, lost];
      return {
        signal: AbortSignal.any([byPerson.signal, ...ends]),
        interrupted: () => ends.some(({ aborted }) => aborted),
        // After a lost lease the session's next turn may be here already.
        end: () => {
          if (turns.get(key) === turn) turns.delete(key);
        },
      };
    },
    stop: (key, by) => {
      const turn = turns.get(key);
      turn?.byPerson.abort(by === undefined ? new Error('stopped') : new Stopped(by));
      return turn !== undefined;
    },
    stopAll: () => {
      for (const { byPerson } of turns.values()) byPerson.abort(new Error('stopped'));
    },
    interrupt: (key) => turns.get(key)?.byEnd.abort(new Error('the gateway stops')),
    interruptAll: () => all.abort(new Error('the gateway stops')),
    keys: () => [...turns.keys()],
  };
}
