import { type ConnectionDeps, serveConnection } from './connection.ts';
import { type Listening, listenOn } from './listen.ts';

/** Takes a profile's socket and serves whoever connects. Throws AtomError `already-running`. */
export const serveOn = (path: string, deps: ConnectionDeps): Promise<Listening> =>
  listenOn(path, (socket) => serveConnection(deps, socket));
