import { type Row, row } from '../text/spans.ts';

/** What keys do here, which the gateway knows nothing of. */
export const KEYS_HELP: readonly string[] = [
  'Keys: Tab writes out a command, ↑ ↓ bring back what you wrote, Ctrl-J begins a new line,',
  'Ctrl-F or /search WORDS finds in what stands above, Ctrl-T opens the feed, Ctrl-C stops.',
];

/** The same where lines are read. */
export const LINES_HELP: readonly string[] = [
  'Here besides: /search WORDS prints again what has those words. Ctrl-C stops.',
];

/** What is added to the gateway's answer where a message asks for help; nothing to any other. */
export const helpRows = (text: string, lines: readonly string[]): readonly Row[] =>
  /^\/help\W*$/i.test(text.trim()) ? lines.map((line) => row(line, 'dim')) : [];
