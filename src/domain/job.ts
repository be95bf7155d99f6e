import type { Address } from './address.ts';

/** When something is to happen: again and again by a cron pattern, or once. */
export type Schedule =
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  | { readonly kind: 'cron'; readonly pattern: string }
  /** Milliseconds since 1970. */
  | { readonly kind: 'once'; readonly at: number };

/** Something that the owner wants done at a time. */
export interface Job {
  /** `j1`, `j2`, … */
  readonly id: string;
  /** `ask`: `text` is said to the agent, as the owner would say it. `say`: `text` is written to the owner. */
  readonly does: 'ask' | 'say';
  readonly text: string;
  readonly schedule: Schedule;
  /** The schedule as the owner said it. */
  readonly when: string;
  /** IANA name of the time zone that `schedule` is in. */
  readonly zone: string;
  /** Id of the agent that does it. */
  readonly agent: string;
  /** The owner's chat that is told what came of it. */
  readonly to: Address;
  /** Who made it: an agent's words are never the owner's own. */
  readonly by: 'owner' | 'agent';
  readonly createdAt: number;
  readonly paused: boolean;
  /** Milliseconds since 1970. What happens once is gone when it has happened. */
  readonly nextAt: number;
  readonly lastAt?: number;
  /** Id of the event that the last run is the turn of. */
  readonly lastEvent?: string;
}

/** What is not known before it is kept. */
export type NewJob = Omit<Job, 'id' | 'paused' | 'lastAt' | 'lastEvent'>;

/** A job as the owner asks for it: an agent and a channel by their names. */
export interface JobAsked extends Pick<Job, 'when' | 'does' | 'text'> {
  /** The one that answers everywhere where it is left out. */
  readonly agent?: string | undefined;
  /** Where the owner is told; where it is left out, where they are asked first. */
  readonly to?: string | undefined;
}

/** More would be nobody's wish. */
export const MOST_JOBS = 200;
export const MOST_JOB_TEXT = 2000;

/** The lane and conversation of one run: each is its own. */
export const jobSession = (id: string, at: number): string => `${JOB_SESSIONS}${id}:${at}`;

/** How the keys of those begin. */
export const JOB_SESSIONS = 'job:self:';

/** The platform's own id of the event that a run begins with. */
export const jobRun = (id: string, at: number): string => `job/${id}/${at}`;
