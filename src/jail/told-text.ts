import type { Redact } from '../base/redact.ts';
import { terminalLine, terminalText } from '../base/terminal-text.ts';
import type { Update } from '../domain/action.ts';
import type { Stream } from '../domain/jail.ts';

/** What those who watch a command are told of its output while it runs. */
export interface ToldText {
  add(part: { readonly stream: Stream; readonly text: string }): void;
  /** Tells the rest. */
  end(): void;
}

/** Nobody reads faster; a flood costs no more than this many looks at it. */
const EVERY_MS = 200;
/** Of what came between two tellings only the end is told: all of it is in the file. */
const MOST_TOLD = 8_000;
const MOST_WAITING = 64_000;

/**
 * Tells whole lines, as a terminal would show them and without secrets; with them the line that is
 * being written, for as long as it does not end in a word that may yet become a secret.
 */
export function createToldText(redact: Redact, tell: Update): ToldText {
  const streams = { stdout: createLines(redact), stderr: createLines(redact) };
  let timer: NodeJS.Timeout | undefined;
  const tellAll = (over: boolean): void => {
    timer = undefined;
    for (const stream of ['stdout', 'stderr'] as const) {
      const told = streams[stream].take(over);
      if (told) tell({ stream, ...told });
    }
  };
  return {
    add: ({ stream, text }) => {
      streams[stream].add(text);
      timer ??= setTimeout(() => tellAll(false), EVERY_MS);
    },
    end: () => {
      clearTimeout(timer);
      tellAll(true);
    },
  };
}

function createLines(redact: Redact) {
  const keys = createKeyWatch();
  let [waiting, isNew, skips] = ['', false, false];
  const shorten = (): void => {
    const cut = cutIn(waiting);
    keys.pass(waiting.slice(0, cut));
    waiting = waiting.slice(cut);
    // The rest of the word that was cut comes yet.
    skips = waiting === '';
  };
  return {
    add: (text: string): void => {
      waiting += skips ? text.slice(spaceIn(text) ?? text.length) : text;
      skips &&= spaceIn(text) === undefined;
      isNew = true;
      if (waiting.length > MOST_WAITING) shorten();
    },
    take: (over: boolean): { readonly text: string; readonly line: string } | undefined => {
      if (!isNew) return undefined;
      isNew = false;
      const end = over ? waiting.length : waiting.lastIndexOf('\n') + 1;
      const whole = keys.pass(waiting.slice(0, end));
      waiting = waiting.slice(end);
      const text = redact(terminalText(whole)).slice(-MOST_TOLD).toWellFormed();
      const line = keys.inside() ? '' : unfinished(redact(terminalLine(waiting)));
      return text === '' && line === '' ? undefined : { text, line };
    },
  };
}

/** Where to cut what is too much: at the end of a line, else of a word, else all of it. */
function cutIn(text: string): number {
  const least = text.length - MOST_TOLD;
  const newline = text.indexOf('\n', least);
  if (newline >= 0) return newline + 1;
  const space = spaceIn(text.slice(least));
  return space === undefined ? text.length : least + space;
}

function spaceIn(text: string): number | undefined {
  const at = text.search(/\s/);
  return at < 0 ? undefined : at;
}

const NAMES_SECRET = /password|passwd|secret|token|key|auth/i;
/** What progress bars end in, such as `45%`, `[####`, `1.2MB` and `3/7`. */
const COUNTS = /^[^\p{L}]{0,60}\p{L}{0,3}$/u;

/** A line that is being written, without a last word that may not be whole. */
function unfinished(line: string): string {
  const [last = ''] = /\S*$/.exec(line) ?? [];
  const keeps = COUNTS.test(last) && !NAMES_SECRET.test(line);
  return (keeps ? line : line.slice(0, line.length - last.length)).slice(-500).toWellFormed();
}

/** Takes private keys out of a text that comes in pieces: they have many lines. */
function createKeyWatch() {
  let within = false;
  return {
    inside: () => within,
    pass: (text: string): string => {
      const begun = within ? afterKey(text) : text;
      if (begun === undefined) return '';
      const began = begun.lastIndexOf('-----BEGIN ');
      const open = began < 0 ? '' : begun.slice(began);
      within =
        /^-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(open) && afterKey(open) === undefined;
      return begun;
    },
  };
}

function afterKey(text: string): string | undefined {
  const end = /-----END [A-Z ]{0,40}PRIVATE KEY-----/.exec(text);
  return end ? text.slice(end.index + end[0].length) : undefined;
}
