import type { Socket } from 'node:net';
import { AtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { LOCAL_OWNER } from '../../domain/caller.ts';
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
  let refused = false;
  let rest = Buffer.alloc(0);
  let unwatch: () => void = () => undefined;

  const send = (frame: object): void => {
    if (socket.destroyed) return;
    const line = `${JSON.stringify(frame)}\n`;
    if (Buffer.byteLength(line) > MAX_FRAME_BYTES) tooLarge(frame);
    else socket.write(line);
    if (socket.writableLength > MOST_BUFFERED) socket.destroy();
  };
  // A frame that no client would take: an answer becomes its refusal, an event is left out.
  const tooLarge = (frame: object): void => {
    if ('id' in frame) send({ type: 'res', id: frame.id, ...TOO_LARGE });
    else deps.log.warn('an event was too large for one frame and was left out');
  };
  const answer = async (line: string): Promise<void> => {
    const frame = readFrame(line);
    if (!frame) return refuse();
    const first = !greeted && frame.method === 'connect';
    const wrong = greeted || first ? undefined : NOT_GREETED;
    const early = wrong ?? greeting(frame);
    // Frames that came in the same breath as a good greeting are answered too.
    if (first && !early) greeted = params.connect.safeParse(frame.params).success;
    const result = early ?? (await deps.kernel.call(LOCAL_OWNER, frame.method, frame.params));
    send({ type: 'res', id: frame.id, ...result });
    if (first && result.ok && wantsEvents(frame.params) && !socket.destroyed)
      unwatch = deps.hub.watch((event) => send({ type: 'event', ...event }));
  };
  const refuse = (): void => {
    refused = true;
    socket.destroySoon();
  };
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0 && !refused; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
      answer(line).catch((error: unknown) =>
        deps.log.error(`a client could not be answered: ${String(error)}`),
      );
    }
    if (refused) rest = Buffer.alloc(0);
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

const TOO_LARGE = failure(
  new AtomError('failed', 'The answer is too large for one frame.', {
    next: ['Ask for less of it at a time.'],
  }),
);

/** Refuses a client of another protocol before anything else is read. */
function greeting(frame: Frame): Answer | undefined {
  if (frame.method !== 'connect') return undefined;
  const parsed = params.connect.safeParse(frame.params);
  if (!parsed.success || speaks(parsed.data.protocol)) return undefined;
  return failure(
    new AtomError(
      'failed',
      `This gateway speaks protocol ${PROTOCOL}, not ${versions(parsed.data.protocol)}.`,
      {
        next: ['Use the same version of atom on both sides: atom stop, then atom start.'],
      },
    ),
  );
}

type Versions = number | { readonly min: number; readonly max: number };

const versions = (given: Versions): string =>
  typeof given === 'number' ? String(given) : `${given.min} to ${given.max}`;

const speaks = (protocol: Versions): boolean =>
  typeof protocol === 'number'
    ? protocol === PROTOCOL
    : protocol.min <= PROTOCOL && PROTOCOL <= protocol.max;

const wantsEvents = (given: unknown): boolean =>
  params.connect.safeParse(given).data?.events === true;
