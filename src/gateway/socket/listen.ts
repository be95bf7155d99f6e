import {
  chmodSync,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../base/clock.ts';
import { AtomError, systemCode } from '../../base/errors.ts';

/** A server on the profile's socket; holding it is what makes this the profile's only gateway. */
export interface Listening {
  readonly server: Server;
  close(): Promise<void>;
}

/** A lock file older than this was left by a crash, whoever is said to hold it. */
const LOCK_MS = 10_000;
/** Clients have this long to read what was sent to them last. */
const FLUSH_MS = 1000;

/**
 * Takes the socket. One left behind by a gateway that was killed is removed, under a lock so that two
 * starting at once do not remove each other's. Throws AtomError `already-running` where one answers.
 */
export async function listenOn(
  path: string,
  onConnection: (socket: Socket) => void,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await bind(server, path);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, FLUSH_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        for (const socket of sockets) socket.destroySoon();
      }),
  };
}

async function bind(server: Server, path: string): Promise<void> {
  if (await tryListen(server, path)) return;
  if (await answers(path))
    throw new AtomError('already-running', 'A gateway of this profile is running already.');
  await heal(server, path);
}

/** Removes the dead socket and takes its place, alone. */
async function heal(server: Server, path: string): Promise<void> {
  refuseOther(path);
  const lock = `${path}.lock`;
  removeOld(lock);
  const held = takeLock(lock);
  try {
    if (await answers(path))
      throw new AtomError('already-running', 'A gateway of this profile has just started.');
    // Somebody may have taken this lock for an old one; nothing is waited for from here on.
    if (!isHeld(held, lock))
      throw new AtomError('already-running', 'Another gateway of this profile is just starting.');
    rmSync(path, { force: true });
    if (!(await tryListen(server, path))) {
      throw new AtomError('already-running', 'Another gateway of this profile took the socket.');
    }
  } finally {
    if (isHeld(held, lock)) rmSync(lock, { force: true });
    closeSync(held);
  }
}

/** True while the lock file is still the one that was made here. */
function isHeld(held: number, lock: string): boolean {
  const found = statSync(lock, { throwIfNoEntry: false });
  return found !== undefined && found.ino === fstatSync(held).ino;
}

/** Only a socket is ever removed: whatever else has this name is somebody's. */
function refuseOther(path: string): void {
  if (process.platform === 'win32') return;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isSocket()) return;
  throw new AtomError('failed', `Cannot listen on ${path}: it is there and is not a socket.`, {
    next: ['Move it aside, or choose another profile: atom -p <name> …'],
  });
}

function takeLock(lock: string): number {
  try {
    const held = openSync(lock, 'wx', 0o600);
    writeSync(held, String(process.pid));
    return held;
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
    throw new AtomError('already-running', 'Another gateway of this profile is just starting.', {
      cause,
    });
  }
}

function removeOld(lock: string): void {
  const found = statSync(lock, { throwIfNoEntry: false });
  if (!found) return;
  if (systemClock.now() - found.mtimeMs > LOCK_MS || isGone(holderOf(lock)))
    rmSync(lock, { force: true });
}

/** The pid in a lock file; empty where it is being written or is gone by now. */
function holderOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function isGone(pid: string): boolean {
  if (!/^[1-9]\d{0,9}$/.test(pid)) return false;
  try {
    return !process.kill(Number(pid), 0);
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}

const DEAD: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** False where something has the path already. */
const tryListen = (server: Server, path: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      if (systemCode(error) === 'EADDRINUSE') resolve(false);
      else
        reject(
          new AtomError('failed', `Cannot listen on ${path}: ${error.message}`, {
            cause: error,
            next: [`Look at what is there: ls -l ${path}`],
          }),
        );
    };
    server.once('error', failed);
    server.listen(path, () => {
      server.off('error', failed);
      resolve(true);
    });
  });

/** True where somebody accepts connections, or may: only a plain refusal says that nobody does. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const end = (alive: boolean) => (): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', end(true));
    socket.once('error', (error) => end(!DEAD.has(systemCode(error) ?? ''))());
    socket.setTimeout(1000, end(true));
  });
