import { z } from 'zod';
import { RpcError, SILENT, WireError } from './wire.ts';

/** Requests that wait for their answer. */
export interface Calls {
  /** Makes an id for one. */
  begin(signal: AbortSignal): { readonly id: string; readonly answer: Promise<unknown> };
  /** True where it was an answer to one of them. */
  settle(frame: unknown): boolean;
  loseAll(why: string): void;
  isEmpty(): boolean;
}

const answerFrame = z.object({
  id: z.string(),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.number(), message: z.string().nullish(), data: z.unknown().optional() })
    .nullish(),
});

/** The result in an answer. Throws RpcError for a refusal. */
export function resultIn({ result, error }: z.infer<typeof answerFrame>): unknown {
  if (!error) return result;
  throw new RpcError({ code: error.code, message: error.message ?? '', data: error.data });
}

export const answerIn = (frame: unknown): z.infer<typeof answerFrame> | undefined => {
  const { success, data } = answerFrame.safeParse(frame);
  return success ? data : undefined;
};

export function createCalls(): Calls {
  const open = new Map<string, PromiseWithResolvers<unknown>>();
  let last = 0;
  return {
    begin(signal) {
      const id = `atom-${++last}`;
      const waiting = Promise.withResolvers<unknown>();
      const late = (): void => waiting.reject(new WireError(SILENT, true));
      open.set(id, waiting);
      if (signal.aborted) late();
      signal.addEventListener('abort', late, { once: true });
      const answer = waiting.promise.finally(() => {
        open.delete(id);
        signal.removeEventListener('abort', late);
      });
      return { id, answer };
    },
    settle(frame) {
      const answer = answerIn(frame);
      const waiting = answer && open.get(answer.id);
      if (!answer || !waiting) return false;
      try {
        waiting.resolve(resultIn(answer));
      } catch (refused) {
        waiting.reject(refused);
      }
      return true;
    },
    isEmpty: () => open.size === 0,
    loseAll(why) {
      for (const { reject } of open.values()) reject(new WireError(why, true));
    },
  };
}
