import { Stopped } from '../domain/stopped.ts';

export interface RunningTurn {
  readonly signal: AbortSignal;
  /** Aborts where the turn is cut off by the gateway's end or a lost lease, and is to be taken again. */
  readonly cut: AbortSignal;
  /** When its session last heard something while it ran; by the clock of the lanes. */
  lastHeard(): number | undefined;
  end(): void;
}

/** Which turn: its session's key, and the event that it answers. */
export interface TurnName {
  readonly key: string;
  readonly event: string;
}

/** The turns under way, by session key, so that a person or the gateway's end can stop them. */
export interface Running {
  begin(name: TurnName, lost: AbortSignal): RunningTurn;
  /** Notes that a session heard something, where a turn of it runs. */
  heard(key: string, at: number): void;
  /** Stops the turn of a session for good; `by` says who wants that. False where none runs. */
  stop(key: string, by?: string): boolean;
  /** The same, where the turn is the one that answers `event`. */
  stopOne(name: TurnName, by: string): boolean;
  /** The same, unless the turn is the one that answers `event`. */
  stopFor(name: TurnName): boolean;
  /** Stops all of them for good. */
  stopAll(): void;
  /** Cuts one turn off; it is taken again at the next start. */
  interrupt(key: string): void;
  /** The same with all turns. */
  interruptAll(): void;
  keys(): readonly string[];
  /** Each of them, with the event that it answers. */
  turns(): readonly TurnName[];
}

interface Entry {
  readonly event: string;
  readonly byPerson: AbortController;
  readonly byEnd: AbortController;
  heardAt?: number;
}

export function createRunning(): Running {
  const turns = new Map<string, Entry>();
  const all = new AbortController();
  const stop = (turn: Entry | undefined, by?: string): boolean => {
    turn?.byPerson.abort(by === undefined ? new Error('stopped') : new Stopped(by));
    return turn !== undefined;
  };
  return {
    begin: ({ key, event }, lost) => {
      const [byPerson, byEnd] = [new AbortController(), new AbortController()];
      const turn: Entry = { event, byPerson, byEnd };
      turns.set(key, turn);
      const cut = AbortSignal.any([byEnd.signal, all.signal, lost]);
      return {
        signal: AbortSignal.any([byPerson.signal, cut]),
        cut,
        lastHeard: () => turn.heardAt,
        // After a lost lease the session's next turn may be here already.
        end: () => {
          if (turns.get(key) === turn) turns.delete(key);
        },
      };
    },
    heard: (key, at) => {
      const turn = turns.get(key);
      if (turn) turn.heardAt = at;
    },
    stop: (key, by) => stop(turns.get(key), by),
    stopOne: ({ key, event }, by) => {
      const turn = turns.get(key);
      return turn?.event === event && stop(turn, by);
    },
    stopFor: ({ key, event }) => {
      const turn = turns.get(key);
      return turn?.event !== event && stop(turn, 'what you wrote next');
    },
    stopAll: () => {
      for (const turn of turns.values()) stop(turn);
    },
    interrupt: (key) => turns.get(key)?.byEnd.abort(new Error('the gateway stops')),
    interruptAll: () => all.abort(new Error('the gateway stops')),
    keys: () => [...turns.keys()],
    turns: () => [...turns].map(([key, { event }]) => ({ key, event })),
  };
}
