import { AtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { type RequestFrame, requestFrame } from '../../protocol/frames.ts';
import { MAX_FRAME_BYTES } from '../../protocol/limits.ts';
import type { Hub } from '../hub.ts';
import { type Answer, failure, type Kernel } from '../kernel.ts';
import type { Repeats } from '../repeats.ts';
import type { Admit } from './admit.ts';
import { type Counting, type Greeted, greet } from './greet.ts';
import { type Line, MOST_BUFFERED } from './line.ts';
import type { Throttle } from './throttle.ts';

export interface ConnectionDeps {
  readonly kernel: Kernel;
  readonly hub: Hub;
  readonly log: Log;
  /** What was asked for before under the same key is not done again. */
  readonly repeats: Repeats;
  readonly metrics: Counting;
}

/** One client, and how it is met. */
export interface Client {
  readonly line: Line;
  readonly admit: Admit;
  /** Where absent, it may ask as much as it likes. */
  readonly throttle?: Throttle;
}

/** What the transport tells: a frame came, more can be sent, it is over. */
export interface Connection {
  receive(text: string): void;
  drained(): void;
  closed(): void;
}

/** Speaks frames with one client until either side ends it. `connect` comes first. */
export function serveConnection(deps: ConnectionDeps, client: Client): Connection {
  const { line, throttle } = client;
  const { kernel, repeats, metrics } = deps;
  const over = new AbortController();
  let greeted: Promise<Greeted | undefined> | undefined;
  let known: Greeted | undefined;

  const send = (text: string): void => {
    if (!line.isOpen()) return;
    line.send(text);
    if (line.buffered() > MOST_BUFFERED) line.close('slow', 'answers were not read');
  };
  const answerTo = (id: string, answer: Answer): void => {
    const text = JSON.stringify({ type: 'res', id, ...answer });
    const fits = Buffer.byteLength(text) <= MAX_FRAME_BYTES;
    send(fits ? text : JSON.stringify({ type: 'res', id, ...TOO_LARGE }));
  };

  const welcome = async (frame: RequestFrame): Promise<Greeted | undefined> => {
    const tell = (event: object): void => send(JSON.stringify({ type: 'event', seq: 0, event }));
    const door = { ...deps, ...client, answerTo, tell, over: over.signal };
    const result = await greet(door, frame);
    if (result === 'again') greeted = undefined;
    if (result === undefined || result === 'again') return undefined;
    known = result;
    metrics.connection('opened', result.client);
    if (result.resumed) metrics.connection('resumed', result.client);
    if (over.signal.aborted) end(result);
    return result;
  };
  const end = ({ stream, client: kind }: Greeted): void => {
    stream?.stop();
    metrics.connection('closed', kind);
  };
  const request = async (frame: RequestFrame): Promise<void> => {
    const found = await greeted;
    // Revoked while this waited: it is not done any more.
    if (!line.isOpen()) return;
    if (!found) return answerTo(frame.id, NOT_GREETED);
    const limited = throttle?.enter();
    if (limited) return answerTo(frame.id, limited);
    try {
      const { caller } = found;
      const ended = metrics.request(found.client);
      const act = (): Promise<Answer> => kernel.call(caller, frame.method, frame.params);
      const answer = await repeats.once(caller, frame, act);
      ended(answer);
      answerTo(frame.id, answer);
    } finally {
      throttle?.leave();
    }
  };
  // Frames that come in the same breath as a good greeting wait for it and are answered too.
  const take = async (frame: RequestFrame): Promise<void> => {
    if (frame.method !== 'connect' || greeted) return await request(frame);
    greeted = welcome(frame);
    await greeted;
  };

  return {
    receive: (text) => {
      if (!line.isOpen()) return;
      const frame = readFrame(text);
      if (!frame) return line.close('malformed', 'that was not a frame');
      take(frame).catch((error: unknown) => {
        deps.log.error(`a client could not be answered: ${String(error)}`);
        line.close('failed', 'something went wrong here');
      });
    },
    drained: () => known?.stream?.pump(),
    closed: () => {
      over.abort();
      if (known) end(known);
    },
  };
}

function readFrame(text: string): RequestFrame | undefined {
  try {
    return requestFrame.parse(JSON.parse(text));
  } catch (error) {
    // Whoever sends something else is no client of ours; there is no id to answer to.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const NOT_GREETED = failure(new AtomError('usage', 'The first frame must be connect.'));

const TOO_LARGE = failure(
  new AtomError('failed', 'The answer is too large for one frame.', {
    next: ['Ask for less of it at a time.'],
  }),
);
