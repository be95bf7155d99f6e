import type { Socket } from 'node:net';
import { AtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { requestFrame } from '../../protocol/frames.ts';
import { MAX_FRAME_BYTES, PROTOCOL } from '../../protocol/limits.ts';
import { params } from '../../protocol/methods.ts';
import type { Hub } from '../hub.ts';
import type { Answer, Kernel } from '../kernel.ts';

export interface ConnectionDeps {
  readonly kernel: Kernel;
  readonly hub: Hub;
  readonly log: Log;
}

/** A client that reads slower than this is behind is let go: it can ask for the history again. */
const MOST_BUFFERED = 8 * 1024 * 1024;

/** Speaks frames with one client, one a line, until either side ends it. `connect` comes first. */
export function serveConnection(deps: ConnectionDeps, socket: Socket): void {
  let greeted = false;
  let rest = Buffer.alloc(0);
  let unwatch: () => void = () => undefined;

  const send = (frame: object): void => {
    if (socket.destroyed) return;
    socket.write(`${JSON.stringify(frame)}\n`);
    if (socket.writableLength > MOST_BUFFERED) socket.destroy();
  };
  const answer = async (line: string): Promise<void> => {
    const frame = readFrame(line);
    if (!frame) return socket.destroySoon();
    const wrong = greeted || frame.method === 'connect' ? undefined : NOT_GREETED;
    const result = wrong ?? greeting(frame) ?? (await deps.kernel.call(frame.method, frame.params));
    send({ type: 'res', id: frame.id, ...result });
    if (frame.method !== 'connect' || !result.ok || greeted) return;
    greeted = true;
    if (wantsEvents(frame.params))
      unwatch = deps.hub.watch((event) => send({ type: 'event', ...event }));
  };
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
      answer(line).catch((error: unknown) =>
        deps.log.error(`a client could not be answered: ${String(error)}`),
      );
    }
    if (rest.length > MAX_FRAME_BYTES) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => unwatch());
}

function readFrame(line: string): ReturnType<typeof requestFrame.parse> | undefined {
  try {
    return requestFrame.parse(JSON.parse(line));
  } catch (error) {
    // Whoever sends something else is no client of ours; there is no id to answer to.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

type Frame = NonNullable<ReturnType<typeof readFrame>>;

const failure = (error: AtomError): Answer => ({
  ok: false,
  error: { code: error.code, message: error.message, next: [...error.next] },
});

const NOT_GREETED = failure(new AtomError('usage', 'The first frame must be connect.'));

/** Refuses a client of another protocol before anything else is read. */
function greeting(frame: Frame): Answer | undefined {
  if (frame.method !== 'connect') return undefined;
  const parsed = params.connect.safeParse(frame.params);
  if (!parsed.success || parsed.data.protocol === PROTOCOL) return undefined;
  return failure(
    new AtomError(
      'failed',
      `This gateway speaks protocol ${PROTOCOL}, not ${parsed.data.protocol}.`,
      {
        next: ['Use the same version of atom on both sides: atom stop, then atom start.'],
      },
    ),
  );
}

const wantsEvents = (given: unknown): boolean =>
  params.connect.safeParse(given).data?.events === true;
