import { createInterface } from 'node:readline';
import { systemClock } from '../../base/clock.ts';
import { withFirstSteps } from '../desk/first-steps.ts';
import { follow } from '../desk/follow.ts';
import { createStopper } from '../desk/stopper.ts';
import { createSaid } from '../find/said.ts';
import { greeting } from '../log/greeting.ts';
import type { Signs, UiEnding, UiOptions } from '../options.ts';
import { plain, type Row } from '../text/spans.ts';
import { heard } from './heard.ts';
import { createLineListener } from './line-listener.ts';
import { createQuestions } from './questions.ts';

const AS_THEY_ARE: Signs = { line: (text) => text, exact: (value) => value };

/** The UI for screen readers and dumb terminals: prints lines, reads lines, redraws nothing. */
export async function runLineUi(options: UiOptions): Promise<UiEnding> {
  const {
    gateway,
    stdin,
    stdout,
    quiet = false,
    clock = systemClock,
    signs = AS_THEY_ARE,
  } = options;
  const over = new AbortController();
  const said = createSaid();
  // Nothing is cut: a screen reader reads lines to the end.
  const print = (rows: readonly Row[]): void => {
    said.add(rows);
    stdout.write(rows.map((row) => `${signs.line(plain(row))}\n`).join(''));
  };
  const stopper = createStopper({ ...options, print });
  const sayLine = (line: string): void => print([[{ text: line }]]);
  const questions = createQuestions({ clock, say: sayLine, exact: signs.exact }, over.signal);
  const listener = createLineListener({
    clock,
    print,
    questions,
    quiet,
    gatewayStops: stopper.gatewayStops,
  });
  const lines = createInterface({ input: stdin, terminal: false });
  lines.on('line', (line) => void heard({ gateway, clock, questions, said, print }, line));
  lines.on('close', stopper.leave);
  stdout.on('error', stopper.leave);
  const interrupted = (): void => {
    // The terminal wrote ^C, and what follows is no part of that line.
    stdout.write('\n');
    stopper.interrupt();
  };
  process.on('SIGINT', interrupted);
  print([greeting(options)]);
  follow(gateway, withFirstSteps(listener, { print }), over.signal);
  try {
    return await stopper.ended;
  } finally {
    over.abort();
    process.off('SIGINT', interrupted);
    stdout.off('error', stopper.leave);
    lines.close();
  }
}
