import { StringDecoder } from 'node:string_decoder';
import { sizeWords } from '../base/size.ts';
import type { Printed, Stream } from '../domain/jail.ts';
import { createTail } from './tail.ts';

/** What a command has said so far: the beginning and the end of it, cut at a cap on all of it. */
export interface Output {
  /** Takes bytes; resolves to how many of them were within the cap. */
  take(stream: Stream, bytes: Buffer): number;
  /** The kept text of both streams. `truncated` where something is missing from it. */
  end(): {
    readonly stdout: string;
    readonly stderr: string;
    readonly truncated: boolean;
    readonly printed: Pick<Printed, 'bytes' | 'binary'>;
  };
}

export interface OutputHooks {
  /** Text as it comes, for as long as it is text. */
  onText(part: { readonly stream: Stream; readonly text: string }): void;
  /** Called once, when more than the cap has come. */
  onFull(): void;
}

/**
 * What an answer keeps of a long output: half of it from the beginning, and a quarter from the end of
 * each stream, so that a flood on one does not drown what the other said last.
 */
const ANSWER_BYTES = 1_000_000;

/**
 * Collects output as UTF-8; characters split over two chunks stay whole. `capBytes` is what both
 * streams may say together, far more than an answer keeps.
 */
export function createOutput(
  capBytes: number,
  { onText, onFull }: OutputHooks,
  answerBytes = ANSWER_BYTES,
): Output {
  const streams = { stdout: createStream(answerBytes / 4), stderr: createStream(answerBytes / 4) };
  let head = answerBytes / 2;
  let room = capBytes;
  let full = false;
  return {
    take(stream, bytes) {
      if (full) return 0;
      const within = bytes.subarray(0, room);
      const text = streams[stream].take(within, head);
      head -= Math.min(head, within.length);
      room -= bytes.length;
      if (text !== '') onText({ stream, text });
      if (room < 0) {
        full = true;
        onFull();
      }
      return within.length;
    },
    end() {
      const [out, err] = [streams.stdout.end(), streams.stderr.end()];
      for (const [stream, { rest }] of [['stdout', out] as const, ['stderr', err] as const])
        if (rest !== '') onText({ stream, text: rest });
      const binary = (['stdout', 'stderr'] as const).filter((name) => streams[name].isBinary());
      return {
        stdout: out.text,
        stderr: err.text,
        truncated: full || out.cut || err.cut,
        printed: { bytes: { stdout: out.bytes, stderr: err.bytes }, binary },
      };
    },
  };
}

/** This many characters that are none, and a tenth of all, and it is no text. */
const MOST_BROKEN = 8;

function createStream(tailBytes: number) {
  const live = new StringDecoder('utf8');
  const decoder = new StringDecoder('utf8');
  const tail = createTail(tailBytes);
  let [kept, bytes, nul, broken, chars] = ['', 0, false, 0, 0];
  const isBinary = (): boolean => nul || (broken > MOST_BROKEN && broken * 10 > chars);
  const watch = (text: string): string => {
    chars += text.length;
    broken += text.split('\uFFFD').length - 1;
    return isBinary() ? '' : text;
  };
  return {
    isBinary,
    /** `head`: how many bytes still belong to the beginning. Returns what may be told of it. */
    take: (given: Buffer, head: number): string => {
      bytes += given.length;
      nul ||= given.includes(0);
      kept += decoder.write(given.subarray(0, head));
      tail.add(given.subarray(head));
      return watch(live.write(given));
    },
    end: () => {
      const { bytes: last, left } = tail.end();
      // With nothing missing between them, beginning and end are one text.
      const joined = left === 0 ? kept + decoder.write(last) + decoder.end() : undefined;
      const gap = `\n… ${sizeWords(left)} left out …\n`;
      const text = joined ?? `${untilWord(kept)}${gap}${fromWord(last.toString('utf8'))}`;
      return { text, bytes, cut: left > 0, rest: watch(live.end()) };
    },
  };
}

/** Half a secret looks like none, so nothing is cut within a word. */
const LONGEST_WORD = 4096;

function untilWord(text: string): string {
  const from = text.length - LONGEST_WORD;
  const end = text.slice(Math.max(0, from)).search(/\s\S*$/);
  return text.slice(0, Math.max(0, from) + Math.max(0, end));
}

function fromWord(text: string): string {
  const begin = text.slice(0, LONGEST_WORD).search(/\s/);
  return text.slice(begin < 0 ? LONGEST_WORD : begin + 1);
}
