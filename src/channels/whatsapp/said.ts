import { createNumbered, type Numbered } from '../numbered.ts';
import { createPolls, type Polls } from './polls.ts';

/** What is known of what we sent, for as long as this gateway runs. */
export interface Said {
  /** The ids of it, so that it is known when it comes back. */
  readonly sent: Set<string>;
  readonly numbered: Numbered;
  readonly polls: Polls;
}

export const createSaid = (): Said => ({
  sent: new Set(),
  numbered: createNumbered(),
  polls: createPolls(),
});
