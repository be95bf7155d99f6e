import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { sizeWords } from '../../base/size.ts';
import { createFrames, type Frame, type FrameId } from './frames.ts';

/** Our end of the line to a skill's process: JSON-RPC 2.0, one message a line. */
export interface Peer {
  /** Asks it something. Rejects with AtomError `failed`: its own words, or what it did wrong. */
  request(method: string, params: Json): Promise<Json>;
  notify(method: string, params: Json): void;
  /** Takes what it says. */
  take(bytes: Buffer): void;
}

export interface PeerHooks {
  /** Resolves once it has taken the line, or is gone. */
  write(line: string): Promise<void>;
  /** Answers what it asks; a rejection is told to it in words. Its notices are asked in the same way. */
  serve(method: string, params: unknown): Promise<Json>;
  /** It did what it may not, in words that follow `it`: nothing of it is heard any more. */
  onFault(words: string): void;
}

/** Of one call. */
const MOST_REQUESTS = 1000;
/** Of everything that one call is answered. */
const MOST_ANSWERED = 32 * 1024 ** 2;

export function createPeer({ write, serve, onFault }: PeerHooks): Peer {
  let isOver = false;
  const fault = (words: string): void => {
    if (isOver) return;
    isOver = true;
    questions.fail(new AtomError('failed', `The skill was stopped, because it ${words}.`));
    onFault(words);
  };
  const say: Say = (message) => void write(lineOf(message));
  const questions = createQuestions(say);
  const answer = createAnswers({ write, serve, onFault: fault });
  const onFrame = (frame: Frame): void => {
    if (isOver) return;
    const isAnswer = frame.kind === 'result' || frame.kind === 'error';
    const wrong = isAnswer ? questions.settle(frame) : answer(frame);
    if (wrong !== undefined) fault(wrong);
  };
  return {
    request: questions.ask,
    notify: (method, params) => say({ method, params }),
    take: createFrames({ onFrame, onFault: fault }),
  };
}

type Message = { readonly [key: string]: Json };
type Say = (message: Message) => void;
type Answer = Extract<Frame, { readonly kind: 'result' | 'error' }>;
type Ask = Exclude<Frame, Answer>;

const lineOf = (message: Message): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;

/** What we asked it, until it has answered. */
function createQuestions(say: Say) {
  const waiting = new Map<FrameId, PromiseWithResolvers<Json>>();
  let count = 0;
  return {
    ask: (method: string, params: Json): Promise<Json> => {
      const id = ++count;
      const one = Promise.withResolvers<Json>();
      // Who asked may have turned to something else by the time it fails.
      one.promise.catch(() => undefined);
      waiting.set(id, one);
      say({ id, method, params });
      return one.promise;
    },
    /** What is wrong with an answer; undefined where nothing is. */
    settle: (frame: Answer): string | undefined => {
      const one = waiting.get(frame.id);
      if (!one) return 'answered what it was not asked';
      waiting.delete(frame.id);
      if (frame.kind === 'result') one.resolve((frame.result ?? null) as Json);
      else one.reject(new AtomError('failed', frame.message));
      return undefined;
    },
    fail: (error: AtomError): void => {
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    },
  };
}

/**
 * Answers what it asks, one after another and in its order: what it was given before is known when the
 * next is decided, and nothing more is done for one that does not read its answers. Returns what is wrong
 * with a request, or undefined.
 */
function createAnswers({ write, serve, onFault }: PeerHooks) {
  const asked = new Set<FrameId>();
  let [heard, answered] = [0, 0];
  let turn: Promise<void> = Promise.resolve();
  const answer = async (frame: Ask): Promise<void> => {
    const came = await outcomeOf(serve, frame);
    if (frame.kind === 'notification') return;
    const line = lineOf({ id: frame.id, ...came });
    answered += Buffer.byteLength(line);
    if (answered > MOST_ANSWERED) onFault(`asked for more than ${sizeWords(MOST_ANSWERED)} in all`);
    else await write(line);
  };
  return (frame: Ask): string | undefined => {
    if (++heard > MOST_REQUESTS) return `asked more than ${MOST_REQUESTS} times`;
    if (frame.kind === 'request' && asked.has(frame.id)) return 'used the same id for two requests';
    if (frame.kind === 'request') asked.add(frame.id);
    turn = turn.then(() => answer(frame));
    return undefined;
  };
}

async function outcomeOf(serve: PeerHooks['serve'], { method, params }: Ask): Promise<Message> {
  try {
    return { result: await serve(method, params) };
  } catch (error) {
    return { error: { code: REFUSED, message: wordsOf(error) } };
  }
}

/** The first of those that JSON-RPC 2.0 leaves to whoever serves. */
const REFUSED = -32_000;

/** Of a fault of ours it is told nothing. */
const wordsOf = (error: unknown): string =>
  error instanceof AtomError ? [error.message, ...error.next].join('\n') : 'atom failed to do it.';
