import type { Line } from '../socket/line.ts';

/** The open connections of each device and program. */
export interface Callers {
  /** Returns how to take it out again. */
  add(id: string, line: Line): () => void;
  connectionsOf(id: string): number;
  revoke(id: string): void;
}

export function createCallers(): Callers {
  const lines = new Map<string, Set<Line>>();
  return {
    add: (id, line) => {
      const own = lines.get(id) ?? new Set();
      lines.set(id, own.add(line));
      return () => {
        own.delete(line);
        if (own.size === 0 && lines.get(id) === own) lines.delete(id);
      };
    },
    connectionsOf: (id) => lines.get(id)?.size ?? 0,
    revoke: (id) => {
      for (const line of lines.get(id) ?? []) line.close('revoked', 'this key was revoked');
    },
  };
}
