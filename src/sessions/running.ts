export interface RunningTurn {
  readonly signal: AbortSignal;
  /** True where the turn was cut off by the gateway's end or a lost lease, and is to be taken again. */
  interrupted(): boolean;
  end(): void;
}

/** The turns under way, by session key, so that a person or the gateway's end can stop them. */
export interface Running {
  begin(key: string, lost: AbortSignal): RunningTurn;
  /** Stops the turn of a session for good. False where none runs. */
  stop(key: string): boolean;
  /** Cuts all turns off; they are taken again at the next start. */
  interruptAll(): void;
  keys(): readonly string[];
}

export function createRunning(): Running {
  const turns = new Map<string, AbortController>();
  const all = new AbortController();
  return {
    begin: (key, lost) => {
      const byPerson = new AbortController();
      turns.set(key, byPerson);
      return {
        signal: AbortSignal.any([byPerson.signal, all.signal, lost]),
        interrupted: () => all.signal.aborted || lost.aborted,
        end: () => turns.delete(key),
      };
    },
    stop: (key) => {
      const turn = turns.get(key);
      turn?.abort(new Error('stopped'));
      return turn !== undefined;
    },
    interruptAll: () => all.abort(new Error('the gateway stops')),
    keys: () => [...turns.keys()],
  };
}
