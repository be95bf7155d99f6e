import type { IncomingMessage } from 'node:http';

/** No platform sends more at once. */
export const MOST_BODY = 1024 * 1024;

/** What is held of bodies at a time, all in all: platforms come again later. */
const MOST_HELD = 32 * MOST_BODY;

export type Read =
  | { readonly ok: true; readonly body: Buffer; readonly done: () => void }
  | { readonly ok: false; readonly status: 413 | 503 };

/** Reads bodies as they came, within bounds. */
export interface Bodies {
  /** Rejects where the request breaks off. Call `done` once the body is not needed any more. */
  read(request: IncomingMessage): Promise<Read>;
}

export function createBodies(): Bodies {
  let held = 0;
  return {
    read: async (request) => {
      if (Number(request.headers['content-length'] ?? 0) > MOST_BODY) return TOO_MUCH;
      const chunks: Buffer[] = [];
      let size = 0;
      const done = (): void => {
        held -= size;
        size = 0;
      };
      try {
        // Not destroyed where it is too long: it has an answer to get.
        const come: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
        for await (const chunk of come) {
          size += chunk.length;
          held += chunk.length;
          if (size > MOST_BODY || held > MOST_HELD) {
            const answer = size > MOST_BODY ? TOO_MUCH : FULL;
            done();
            return answer;
          }
          chunks.push(chunk);
        }
      } catch (broken) {
        done();
        throw broken;
      }
      return { ok: true, body: Buffer.concat(chunks), done };
    },
  };
}

const TOO_MUCH: Read = { ok: false, status: 413 };
const FULL: Read = { ok: false, status: 503 };
