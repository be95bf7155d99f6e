import { AtomError } from '../base/errors.ts';
import type { Answers } from '../protocol/answers.ts';
import type { GatewayEvent } from '../protocol/events.ts';
import { MAX_FRAME_BYTES } from '../protocol/limits.ts';
import type { Method, Params } from '../protocol/methods.ts';
import { createCalls } from './calls.ts';
import type { Closed, Gateway, RequestOptions } from './gateway.ts';
import { readServerFrame } from './server-frame.ts';
import type { Wire } from './wire.ts';

/** Requests and events on a wire, before and after anybody is greeted. */
export interface Conversation {
  readonly request: Gateway['request'];
  readonly closed: Promise<Closed>;
  close(): void;
}

/** Speaks atom's protocol on a wire. Every event is handed to `onEvent` with its number, in order. */
export function converse(
  wire: Wire,
  onEvent: (event: GatewayEvent, seq: number) => void,
): Conversation {
  const calls = createCalls();
  const { promise: closed, resolve } = Promise.withResolvers<Closed>();
  wire.listen(
    (text) => {
      const frame = readServerFrame(text);
      if (!frame) wire.end({ by: 'fault', message: 'The gateway sent what is not a frame.' });
      else if (frame.type === 'event') onEvent(frame.event, frame.seq);
      else calls.settle(frame);
    },
    (why) => {
      resolve(why);
      calls.failAll(over(why));
    },
  );
  let count = 0;
  const request = async <M extends Method>(
    method: M,
    params: Params<M>,
    options: RequestOptions = {},
  ): Promise<Answers[M]> => {
    options.signal?.throwIfAborted();
    if (!wire.open) throw over({ by: 'gateway', message: 'The connection is over.' });
    const id = String(++count);
    const text = JSON.stringify({ type: 'req', id, method, params });
    if (Buffer.byteLength(text) >= MAX_FRAME_BYTES)
      throw new AtomError('usage', `That is too long to send (over ${MAX_FRAME_BYTES} bytes).`);
    const answer = calls.wait(id, method, options);
    wire.send(text);
    return (await answer) as Answers[M];
  };
  const close = (): void => wire.end({ by: 'us', message: 'The connection was closed here.' });
  return { request, closed, close };
}

const over = ({ message }: Closed): AtomError =>
  new AtomError('not-running', message, { next: ['Start it:   atom start'] });
