import type { Clock } from '../../base/clock.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { helpRows, LINES_HELP } from '../desk/keys-help.ts';
import { answer, say } from '../desk/messages.ts';
import { pairRows, pairWish } from '../desk/pair-command.ts';
import { searchWish } from '../find/find.ts';
import { foundLines } from '../find/found-lines.ts';
import type { Said } from '../find/said.ts';
import type { Row } from '../text/spans.ts';
import { readLine } from './answers.ts';
import { detailsOn, type Questions } from './questions.ts';

export interface LineDeps {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly questions: Questions;
  /** What was printed. */
  readonly said: Said;
  print(rows: readonly Row[]): void;
}

/** Does what a line means, and prints what comes of it here. */
export async function heard(deps: LineDeps, line: string): Promise<void> {
  const { gateway, clock, questions, print } = deps;
  const meaning = readLine(questions.asked(), line, clock.monotonic());
  const card = questions.card();
  questions.heard();
  switch (meaning.is) {
    case 'message':
      return print(await sayOrDo(deps, meaning.text));
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

/** Says it to the gateway, or does what is done here. */
async function sayOrDo({ gateway, said }: LineDeps, text: string): Promise<readonly Row[]> {
  const words = searchWish(text);
  if (words !== undefined) return foundLines(said.lines(), words);
  const channel = pairWish(text);
  if (channel !== undefined) return pairRows(gateway, channel);
  return [...(await say(gateway, text)), ...helpRows(text, LINES_HELP)];
}
