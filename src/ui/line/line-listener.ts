import type { Clock } from '../../base/clock.ts';
import type { LogLine } from '../../base/log.ts';
import { apply, type Told } from '../desk/apply.ts';
import type { Follower } from '../desk/follower.ts';
import { failureRows } from '../desk/messages.ts';
import { tellPeople } from '../desk/newcomers.ts';
import { isShown, logRow } from '../log/log-row.ts';
import { entryRows } from '../log/talk-rows.ts';
import { type Row, row } from '../text/spans.ts';
import type { Questions } from './questions.ts';

export interface LineListenerDeps {
  readonly clock: Clock;
  readonly questions: Questions;
  /** Of the log only what went wrong. */
  readonly quiet?: boolean;
  print(rows: readonly Row[]): void;
  gatewayStops(): void;
}

/** Prints what the gateway says, line by line, and asks what it asks. */
export function createLineListener({
  clock,
  questions,
  quiet = false,
  print,
  gatewayStops,
}: LineListenerDeps): Follower {
  const isTold = (line: LogLine): boolean => isShown(line) && !(quiet && line.level === 'info');
  let known: Told['known'] = { cards: [], turns: [], stopping: false };
  return {
    begin({ lines, entries, cards }) {
      print(lines.filter(isTold).map((line) => logRow(line)));
      print(entries.flatMap(entryRows));
      known = { ...known, cards };
      questions.show(cards);
    },
    event(event) {
      if (event.kind === 'log' && !isTold(event.line)) return;
      const told = apply(known, event);
      if (event.kind === 'stopping') gatewayStops();
      if (event.kind === 'turn' && event.state.step === 'acting') {
        print([row(`atom does ${told.known.turns.at(-1)?.words ?? ''}`)]);
      }
      print(told.rows);
      known = told.known;
      questions.show(known.cards);
    },
    people(people) {
      const { cards, over } = tellPeople(known.cards, people, clock.now());
      print(over);
      known = { ...known, cards };
      questions.show(cards);
    },
    // There is no row for it; `atom status` says it in words.
    status: () => undefined,
    trouble: (error) => print(failureRows(error)),
  };
}
