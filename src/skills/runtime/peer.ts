import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
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
  write(line: string): void;
  /** Answers what it asks; a rejection is told to it in words. Its notices are asked in the same way. */
  serve(method: string, params: unknown): Promise<Json>;
  /** It did what it may not, in words that follow `it`: nothing of it is heard any more. */
  onFault(words: string): void;
}

/** Of one call. */
const MOST_REQUESTS = 1000;

export function createPeer({ write, serve, onFault }: PeerHooks): Peer {
  let isOver = false;
  const fault = (words: string): void => {
    isOver = true;
    questions.fail(new AtomError('failed', `The skill was stopped, because it ${words}.`));
    onFault(words);
  };
  const say: Say = (message) => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const questions = createQuestions(say);
  const answer = createAnswers(say, serve);
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

type Say = (message: { readonly [key: string]: Json }) => void;
type Answer = Extract<Frame, { readonly kind: 'result' | 'error' }>;
type Ask = Exclude<Frame, Answer>;

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
 * next is decided. Returns what is wrong with a request, or undefined.
 */
function createAnswers(say: Say, serve: PeerHooks['serve']) {
  const asked = new Set<FrameId>();
  let heard = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (method: string, params: unknown): Promise<Json> => {
    const mine = turn.then(() => serve(method, params));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return (frame: Ask): string | undefined => {
    if (++heard > MOST_REQUESTS) return `asked more than ${MOST_REQUESTS} times`;
    if (frame.kind === 'notification') {
      inTurn(frame.method, frame.params).catch(() => undefined);
      return undefined;
    }
    const { id } = frame;
    if (asked.has(id)) return 'used the same id for two requests';
    asked.add(id);
    inTurn(frame.method, frame.params).then(
      (result) => say({ id, result }),
      (error: unknown) => say({ id, error: { code: REFUSED, message: wordsOf(error) } }),
    );
    return undefined;
  };
}

/** The first of those that JSON-RPC 2.0 leaves to whoever serves. */
const REFUSED = -32_000;

/** Of a fault of ours it is told nothing. */
const wordsOf = (error: unknown): string =>
  error instanceof AtomError ? [error.message, ...error.next].join('\n') : 'atom failed to do it.';
