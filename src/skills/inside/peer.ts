// The skill's end of the line to atom: JSON-RPC 2.0, one message a line. Runs inside the jail.
import { createInterface } from 'node:readline';

/** Answers what atom asks; `cancel` comes as a notice. */
export type Answers = Readonly<Record<string, (params: never) => unknown>>;

/** Asks atom for something. Rejects with an Error in atom's words. */
export type Ask = (method: string, params: object) => Promise<unknown>;

export interface Line {
  readonly ask: Ask;
  /** Tells atom something that needs no answer. */
  readonly tell: (method: string, params: object) => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: never;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Speaks over standard input and `write`. Nothing is answered before what was asked earlier is. */
export function openLine(write: (text: string) => void, answers: Answers): Line {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const say = (message: object): void =>
    write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const answer = async ({ id, method = '', params }: Message): Promise<void> => {
    try {
      const result = await answers[method]?.(params as never);
      say({ id, result: result ?? null });
    } catch (error) {
      say({
        id,
        error: { code: -32_000, message: error instanceof Error ? error.message : `${error}` },
      });
    }
  };
  const settle = ({ id = 0, result, error }: Message): void => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result);
  };
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const message = JSON.parse(line) as Message;
      if (message.method === undefined) return settle(message);
      if (message.id === undefined) return void answers[message.method]?.(message.params as never);
      turn = turn.then(() => answer(message));
    })
    // Nobody is there any more.
    .on('close', () => process.exit(0));
  return {
    tell: (method, params) => say({ method, params }),
    ask: (method, params) => {
      const id = ++count;
      const one = Promise.withResolvers<unknown>();
      waiting.set(id, one);
      say({ id, method, params });
      return one.promise;
    },
  };
}
