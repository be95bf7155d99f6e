import { StringDecoder } from 'node:string_decoder';
import { sizeWords } from '../../base/size.ts';
import { isDeep, parseLine } from '../runtime/frames.ts';

export interface LineHooks {
  /** One JSON object, whatever is in it. */
  onMessage(message: object): void;
  /** Called once, with what is wrong in words that follow `it`; nothing is read any more. */
  onFault(words: string): void;
}

/** Reads messages off what a server writes, one a line. */
export interface Lines {
  take(bytes: Buffer): void;
  /** A call begins: it may say as much again. */
  renew(): void;
}

/** Of one message; a file may be in it. */
const MOST_LINE = 4 * 1024 ** 2;
/** Of everything that it says until the next call. */
const MOST_BYTES = 32 * 1024 ** 2;
const MOST_LINES = 2000;
/** Many servers greet where only messages belong. */
const MOST_ODD = 20;

/** What is too large, too deep or too much is a fault; a few lines that are no message are passed over. */
export function createLines({ onMessage, onFault }: LineHooks): Lines {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let [bytes, lines, odd, isOver] = [0, 0, 0, false];
  const fault = (words: string): void => {
    isOver = true;
    rest = '';
    onFault(words);
  };
  const read = (line: string): void => {
    if (isOver || line.trim() === '') return;
    const message = isDeep(line) ? undefined : parseLine(line);
    const isMessage = message !== null && typeof message === 'object' && !Array.isArray(message);
    if (++lines > MOST_LINES) fault(`sent more than ${MOST_LINES} messages`);
    else if (isDeep(line)) fault('sent a message that is nested too deeply');
    else if (isMessage) onMessage(message);
    else if (++odd > MOST_ODD) fault('writes to its standard output what is no message');
  };
  return {
    renew: () => {
      [bytes, lines] = [0, 0];
    },
    take: (part) => {
      if (isOver) return;
      bytes += part.length;
      const text = decoder.write(part);
      rest += text;
      const whole = text.includes('\n') ? rest.split('\n') : [rest];
      rest = whole.pop() ?? '';
      if (bytes > MOST_BYTES) fault(`said more than ${sizeWords(MOST_BYTES)}`);
      else if ([rest, ...whole].some(({ length }) => length > MOST_LINE))
        fault(`sent a message of more than ${sizeWords(MOST_LINE)}`);
      else for (const line of whole) read(line);
    },
  };
}
