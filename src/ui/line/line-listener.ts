import type { Clock } from '../../base/clock.ts';
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
  print(rows: readonly Row[]): void;
  gatewayStops(): void;
}

/** Prints what the gateway says, line by line, and asks what it asks. */
export function createLineListener({
  clock,
  questions,
  print,
  gatewayStops,
}: LineListenerDeps): Follower {
  let known: Told['known'] = { cards: [], turns: [], stopping: false };
  return {
    begin({ lines, entries, cards }) {
      print(lines.filter(isShown).map((line) => logRow(line)));
      print(entries.flatMap(entryRows));
      known = { ...known, cards };
      questions.show(cards);
    },
    event(event) {
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
