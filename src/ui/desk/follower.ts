import type { AtomError } from '../../base/errors.ts';
import type { LogLine } from '../../base/log.ts';
import type { Card } from '../../domain/card.ts';
import type { TranscriptEntry } from '../../domain/session.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { Status } from '../../protocol/status.ts';

/** What a front end is shown first. */
export interface Beginning {
  readonly lines: readonly LogLine[];
  readonly entries: readonly TranscriptEntry[];
  readonly cards: readonly Card[];
  /** True where nobody ever said anything to this profile. */
  readonly isFirst: boolean;
}

export interface Follower {
  begin(beginning: Beginning): void;
  event(event: GatewayEvent): void;
  status(status: Status): void;
  /** Who may talk to atom, and who waits to, as it is now. */
  people(people: Answers['senders.list']): void;
  /** Something could not be asked; the rest goes on. */
  trouble(error: AtomError): void;
}
