import { createInterface } from 'node:readline';
import { type Clock, systemClock } from '../../base/clock.ts';
import { follow } from '../desk/follow.ts';
import { answer, say } from '../desk/messages.ts';
import { pairRows, pairWish } from '../desk/pair-command.ts';
import { createStopper } from '../desk/stopper.ts';
import { greeting } from '../log/greeting.ts';
import type { UiEnding, UiOptions } from '../options.ts';
import { plain, type Row } from '../text/spans.ts';
import { readLine } from './answers.ts';
import { createLineListener } from './line-listener.ts';
import { createQuestions, detailsOn, type Questions } from './questions.ts';

/** The UI for screen readers and dumb terminals: prints lines, reads lines, redraws nothing. */
export async function runLineUi(options: UiOptions): Promise<UiEnding> {
  const { gateway, stdin, stdout, clock = systemClock } = options;
  const over = new AbortController();
  const print = (rows: readonly Row[]): void => {
    stdout.write(rows.map((row) => `${plain(row)}\n`).join(''));
  };
  const stopper = createStopper({ ...options, print });
  const sayLine = (line: string): void => print([[{ text: line }]]);
  const questions = createQuestions(clock, sayLine, over.signal);
  const listener = createLineListener({
    clock,
    print,
    questions,
    gatewayStops: stopper.gatewayStops,
  });
  const lines = createInterface({ input: stdin, terminal: false });
  lines.on('line', (line) => void heard({ options, clock, questions, print }, line));
  lines.on('close', stopper.leave);
  stdout.on('error', stopper.leave);
  const interrupted = (): void => {
    // The terminal wrote ^C, and what follows is no part of that line.
    stdout.write('\n');
    stopper.interrupt();
  };
  process.on('SIGINT', interrupted);
  print([greeting(options)]);
  follow(gateway, listener, over.signal);
  try {
    return await stopper.ended;
  } finally {
    over.abort();
    process.off('SIGINT', interrupted);
    stdout.off('error', stopper.leave);
    lines.close();
  }
}

interface LineDeps {
  readonly options: UiOptions;
  readonly clock: Clock;
  readonly questions: Questions;
  print(rows: readonly Row[]): void;
}

async function heard({ options, clock, questions, print }: LineDeps, line: string): Promise<void> {
  const { gateway } = options;
  const meaning = readLine(questions.asked(), line, clock.monotonic());
  const card = questions.card();
  questions.heard();
  switch (meaning.is) {
    case 'message':
      return print(await sayOrPair(gateway, meaning.text));
    case 'answer':
      return print(await answer(gateway, meaning));
    case 'details':
      return print((card ? detailsOn(card, clock.now()) : []).map((text) => [{ text }]));
    case 'hint':
      return print([[{ text: meaning.text }]]);
    case 'nothing':
      return;
  }
}

function sayOrPair(gateway: UiOptions['gateway'], text: string): Promise<readonly Row[]> {
  const channel = pairWish(text);
  return channel === undefined ? say(gateway, text) : pairRows(gateway, channel);
}
