import type { Api, InputFile } from 'grammy';
import { textWithin } from '../answers.ts';
import { ask, type Question } from './ask.ts';

export interface TelegramAccess {
  readonly token: string;
  /** Where the Bot API is; Telegram's own server unless given. */
  readonly apiRoot?: string;
}

/** An answer that is not the Bot API's: a page of some proxy, or of a wrong `apiRoot`. */
export interface ForeignAnswer {
  readonly status: number;
  readonly statusText: string;
}

/** No call may hang longer; a long poll takes 25 s of it. */
const TIMEOUT_SECONDS = 60;

/** Loads grammy and makes its client. Connects to nothing yet. */
export async function loadApi({ token, apiRoot }: TelegramAccess): Promise<Api> {
  // The build for the web: without a client of its own and what that drags in.
  const { Api } = await import('grammy/web');
  return new Api(token, {
    timeoutSeconds: TIMEOUT_SECONDS,
    fetch: fetchAnswer as never,
    ...(apiRoot !== undefined && { apiRoot: apiRoot.replace(/\/+$/, '') }),
  });
}

/** A file to be sent. */
export async function fileOf(bytes: Blob, name: string): Promise<InputFile> {
  const { InputFile } = await import('grammy/web');
  return new InputFile(bytes as never, name) as unknown as InputFile;
}

/** Node's own signal, for grammy's types: they know only a look-alike of it. */
export const forGrammy = (signal: AbortSignal): never => signal as never;

/** Keeps the status of an answer that is not JSON, which grammy would lose. */
async function fetchAnswer(url: string, question: Question) {
  const response = await ask(url, question);
  return readAnswer(response.statusCode ?? 0, await textWithin({ body: response }));
}

function readAnswer(status: number, text: string): { json(): Promise<unknown> } {
  const answer = parsed(text);
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) {
    throw { status, statusText: 'not an answer of the Bot API' } satisfies ForeignAnswer;
  }
  return { json: async () => answer };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
