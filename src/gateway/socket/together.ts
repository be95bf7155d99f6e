import type { Writable } from 'node:stream';

/**
 * Returns what is to be called before each write: all of one turn of the event loop then leaves in its order, in
 * one call of the system. Where many posts come at once, these calls are most of what telling them costs.
 */
export function writeTogether(socket: Pick<Writable, 'cork' | 'uncork'>): () => void {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    socket.cork();
    process.nextTick(() => {
      waits = false;
      socket.uncork();
    });
  };
}
