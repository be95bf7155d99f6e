import { AtomError, type ErrorCode, exitCodes } from '../base/errors.ts';
import type { FrameError } from '../protocol/frames.ts';
import type { RequestOptions } from './gateway.ts';
import type { ServerFrame } from './server-frame.ts';

/** How long an answer may take unless the caller says otherwise. */
const ANSWER_MS = 30_000;

/** Requests that wait for their answers. */
export interface Calls {
  /** Resolves with the payload; rejects on refusal, timeout, abort or `failAll`. */
  wait(id: string, method: string, options?: RequestOptions): Promise<unknown>;
  /** Answers nobody waits for any more are ignored. */
  settle(frame: Extract<ServerFrame, { type: 'res' }>): void;
  failAll(reason: AtomError): void;
}

/** No answer came in time: whether the gateway did what was asked is not known. */
export class Unanswered extends AtomError {
  constructor(method: string, timeoutMs: number) {
    super('failed', `The gateway did not answer ${method} in ${timeoutMs} ms.`);
  }
}

/** Too much was asked for at once; nothing was done, and after `retryMs` it may be asked again. */
export class Busy extends AtomError {
  readonly retryMs: number;

  constructor({ message, next }: FrameError, retryMs: number) {
    super('failed', message, { next });
    this.retryMs = retryMs;
  }
}

interface Waiting {
  resolve(payload: unknown): void;
  reject(reason: unknown): void;
}

export function createCalls(): Calls {
  const waiting = new Map<string, Waiting>();
  return {
    wait: (id, method, options = {}) =>
      new Promise((resolve, reject) => {
        const forget = arm(options, method, (reason) => waiting.get(id)?.reject(reason));
        const done = <T>(settle: (value: T) => void): ((value: T) => void) => {
          return (value) => {
            waiting.delete(id);
            forget();
            settle(value);
          };
        };
        waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      }),
    settle(frame) {
      const call = waiting.get(frame.id);
      if (frame.ok) call?.resolve(frame.payload);
      else call?.reject(refusal(frame.error));
    },
    failAll(reason) {
      for (const call of [...waiting.values()]) call.reject(reason);
    },
  };
}

/** Calls `fail` on timeout or abort, whichever comes first; returns how to call it off. */
function arm(options: RequestOptions, method: string, fail: (reason: unknown) => void): () => void {
  const { timeoutMs = ANSWER_MS, signal } = options;
  const late = (): void => fail(new Unanswered(method, timeoutMs));
  const aborted = (): void => fail(signal?.reason);
  const timer = setTimeout(late, timeoutMs);
  signal?.addEventListener('abort', aborted, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', aborted);
  };
}

function refusal(error: FrameError): AtomError {
  const { code, message, next, retryMs } = error;
  if (typeof retryMs === 'number') return new Busy(error, retryMs);
  return new AtomError(isErrorCode(code) ? code : 'failed', message, { next });
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(exitCodes, code);
