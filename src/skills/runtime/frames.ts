import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import { sizeWords } from '../../base/size.ts';

/** One message of JSON-RPC 2.0, which is one line. */
export type Frame =
  | {
      readonly kind: 'request';
      readonly id: FrameId;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: FrameId; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: FrameId; readonly message: string };

export type FrameId = string | number;

export interface FrameHooks {
  onFrame(frame: Frame): void;
  /** Called once, with what is wrong in words that follow `it`; nothing is read any more. */
  onFault(words: string): void;
}

/** Of one message; a file that is written may be in it. */
const MOST_FRAME = 4 * 1024 ** 2;
/** Of everything that one call says. */
const MOST_IN_ALL = 32 * 1024 ** 2;
const MOST_DEPTH = 100;

/** Reads messages off bytes as they come. What is none is a fault, and so is one that is too large. */
export function createFrames({ onFrame, onFault }: FrameHooks): (bytes: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  let [rest, total, isOver] = ['', 0, false];
  const fault = (words: string): void => {
    isOver = true;
    rest = '';
    onFault(words);
  };
  const read = (line: string): void => {
    if (isOver || line.trim() === '') return;
    const frame = readFrame(line);
    if (typeof frame === 'string') fault(frame);
    else onFrame(frame);
  };
  return (bytes) => {
    if (isOver) return;
    total += bytes.length;
    const text = decoder.write(bytes);
    rest += text;
    const lines = text.includes('\n') ? rest.split('\n') : [rest];
    rest = lines.pop() ?? '';
    if (total > MOST_IN_ALL) fault(`said more than ${sizeWords(MOST_IN_ALL)}`);
    else if ([rest, ...lines].some(({ length }) => length > MOST_FRAME))
      fault(`sent a message of more than ${sizeWords(MOST_FRAME)}`);
    else for (const line of lines) read(line);
  };
}

const id = z.union([z.string().max(64), z.int()]);
const version = { jsonrpc: z.literal('2.0') };
const shapes = z.union([
  z.strictObject({ ...version, id, method: z.string().max(40), params: z.unknown().optional() }),
  z.strictObject({ ...version, method: z.string().max(40), params: z.unknown().optional() }),
  z.strictObject({ ...version, id, result: z.unknown() }),
  z.strictObject({ ...version, id, error: z.object({ message: z.string() }) }),
]);

/** The message in a line, or what is wrong with it. */
export function readFrame(line: string): Frame | string {
  if (isDeep(line)) return 'sent a message that is nested too deeply';
  const parsed = shapes.safeParse(parseLine(line));
  if (!parsed.success)
    return 'wrote to its standard output what is no message (print to standard error instead)';
  return frameOf(parsed.data);
}

function frameOf(data: z.output<typeof shapes>): Frame {
  if ('method' in data) {
    const { method, params } = data;
    return 'id' in data
      ? { kind: 'request', id: data.id, method, params }
      : { kind: 'notification', method, params };
  }
  return 'error' in data
    ? { kind: 'error', id: data.id, message: data.error.message }
    : { kind: 'result', id: data.id, result: data.result };
}

/** Nothing where it is no JSON, or would set what objects inherit from wherever it is copied. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line, (key, value) => {
      if (key === '__proto__') throw new SyntaxError('a key that no message has');
      return value as unknown;
    });
  } catch {
    return undefined;
  }
}

const [QUOTE, ESCAPE] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)];
const [OPEN, CLOSE] = [
  ['[', '{'],
  [']', '}'],
].map((all) => all.map((one) => one.charCodeAt(0)));

/** True where brackets are nested too deeply outside of texts: known before anything walks through them. */
export const isDeep = (line: string): boolean => depthOf(line) > MOST_DEPTH;

function depthOf(line: string): number {
  let [deepest, depth, inText] = [0, 0, false];
  for (let at = 0; at < line.length; at++) {
    const char = line.charCodeAt(at);
    if (inText && char === ESCAPE) at++;
    else if (char === QUOTE) inText = !inText;
    else if (!inText && OPEN?.includes(char)) deepest = Math.max(deepest, ++depth);
    else if (!inText && CLOSE?.includes(char)) depth--;
  }
  return deepest;
}
