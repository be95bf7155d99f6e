import type { Outcome, Perform } from '../../domain/action.ts';
import type { Address } from '../../domain/address.ts';
import type { Decider } from '../../domain/approval.ts';
import type { DoubtWord } from '../../domain/doubt.ts';
import type { Run } from '../../domain/run.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { ChatParts } from '../tell-chats.ts';

/** What the alerts of runs in doubt are made with. */
export interface NoticeParts {
  readonly records: ChatParts['records'] & Pick<Records, 'callbacks'>;
  readonly channels: ChatParts['channels'];
}

export interface DoubtParts extends NoticeParts {
  readonly records: NoticeParts['records'] & Pick<Records, 'audit'>;
  readonly performAs: (agent: string) => Perform;
  readonly performAsOwner: Perform;
}

export type DoubtOptions = Pick<AtomOptions, 'clock' | 'log' | 'emit'>;

/** How a run is settled. */
export interface Settling {
  readonly word: DoubtWord;
  readonly by: Decider;
  /** The chat that is answered in words besides. */
  readonly answered?: Address;
}

/** `again`: where it was to be done again; never rejects. */
export interface Settled {
  readonly run: Run;
  readonly again?: Promise<Again>;
}

/** What came of a run that was asked for once more, and its own code. */
export interface Again {
  readonly code: string;
  readonly outcome: Outcome;
}
