import type { GatewayEvent } from '../../protocol/events.ts';
import type { Status } from '../../protocol/status.ts';
import { type Row, row } from '../text/spans.ts';
import type { Follower } from './follower.ts';
import { OWN_SESSION } from './turns.ts';

/** Asks once, does little, and one word takes it back; understood without a model as with one. */
const TRY = 'make folder hello';

const OFFER: readonly Row[] = [
  row(`Try it, type:   ${TRY}`, 'accent'),
  row('You are asked before anything is changed: nothing happens before your yes.', 'dim'),
];

const ENDS = {
  approved: [
    row('That was all of it: you were asked, you said yes, and it is on the record.', 'dim'),
    row('To take it back, type:   undo', 'accent'),
  ],
  denied: [row('That was a no: nothing was done, and that is on the record too.', 'dim')],
} as const satisfies Record<string, readonly Row[]>;

/** How far somebody is who never said anything here. */
type Step = 'new' | 'offered' | 'asked' | keyof typeof ENDS | 'over';

export interface FirstSteps {
  print(rows: readonly Row[]): void;
  /** How a card is answered here; absent where its own words say so. */
  readonly answering?: string;
}

/**
 * The same follower, which leads somebody who is here for the first time through one real approval. It is never
 * offered where anything was said before, and over with the first answer.
 */
export function withFirstSteps(to: Follower, { print, answering }: FirstSteps): Follower {
  let step: Step = 'over';
  return {
    ...to,
    begin(beginning) {
      to.begin(beginning);
      if (beginning.isFirst) step = 'new';
    },
    status(status) {
      to.status(status);
      if (step !== 'new' || !willAsk(status)) return;
      step = 'offered';
      print(OFFER);
    },
    event(event) {
      const before = step;
      step = after(step, event);
      if (before === 'offered' && step === 'asked' && answering) print([row(answering, 'dim')]);
      to.event(event);
      if (step === 'over' && (before === 'approved' || before === 'denied')) print(ENDS[before]);
    },
  };
}

/** An agent that asks before it changes something, in a jail that holds. */
const willAsk = ({ agent, jail, halted }: Status): boolean =>
  agent.maturity === 'intern' && jail.state === 'ready' && halted === undefined;

function after(step: Step, event: GatewayEvent): Step {
  if (step === 'over') return step;
  switch (event.kind) {
    case 'approval.asked':
      return step === 'offered' ? 'asked' : step;
    case 'approval.decided':
      if (step !== 'asked') return step;
      return event.state === 'approved' || event.state === 'denied' ? event.state : 'over';
    case 'message':
      return event.session === OWN_SESSION && step !== 'asked' ? 'over' : step;
    default:
      return step;
  }
}
