import type { Job } from '../job.ts';

/** What a job is, in one line: `every weekday 8:30: what is new in git`. */
export const jobWords = ({ when, does, text }: Pick<Job, 'when' | 'does' | 'text'>): string =>
  does === 'say' ? `remind ${when}: ${text}` : `${when}: ${text}`;

/** A time as people say it: `Fri, 27 Nov 2026, 08:30 (Europe/Berlin)`. */
export const whenWords = (at: number, zone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)} (${zone})`;
