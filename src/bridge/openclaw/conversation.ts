import { ConnectionError } from '../errors.ts';
import type { Wire } from '../wire.ts';
import { type OpenClawFrame, type Refusal, readOpenClawFrame } from './frames.ts';

/** An answer of an OpenClaw gateway. */
export type Answer =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/** Requests and events of one connection in OpenClaw's frames. */
export interface Conversation {
  /** Rejects with ConnectionError where no answer comes: not in time, or not any more. */
  ask(method: string, params: object, timeoutMs: number): Promise<Answer>;
  readonly closed: Promise<ConnectionError>;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(why: ConnectionError): void;
}

export function converse(
  wire: Wire,
  onEvent: (event: string, payload: unknown) => void,
): Conversation {
  const waiting = new Map<string, Waiting>();
  const { promise: closed, resolve } = Promise.withResolvers<ConnectionError>();
  const take = (frame: OpenClawFrame | undefined): void => {
    if (!frame) wire.end({ by: 'fault', message: 'The gateway sent what is not a frame.' });
    else if (frame.type === 'event') onEvent(frame.event, frame.payload);
    else waiting.get(frame.id)?.resolve(frame);
  };
  wire.listen(
    (text) => take(readOpenClawFrame(text)),
    ({ message }) => {
      const why = new ConnectionError('network', message);
      resolve(why);
      for (const call of [...waiting.values()]) call.reject(why);
    },
  );
  let count = 0;
  return {
    closed,
    ask(method, params, timeoutMs) {
      if (!wire.open) throw new ConnectionError('network', 'The connection is over.');
      const id = String(++count);
      const answer = Promise.withResolvers<Answer>();
      const late = setTimeout(
        () => answer.reject(new ConnectionError('timeout', `No answer in ${timeoutMs} ms.`)),
        timeoutMs,
      );
      waiting.set(id, answer);
      wire.send(JSON.stringify({ type: 'req', id, method, params }));
      return answer.promise.finally(() => {
        clearTimeout(late);
        waiting.delete(id);
      });
    },
  };
}
