import { refused, type Verified } from './verified.ts';

/** As Slack and Standard Webhooks have it: five minutes, into the past and into the future. */
const WINDOW_S = 300;

/** Whether the time that a request was signed at, in seconds since 1970, is about now (milliseconds). */
export function checkMoment(seconds: string | undefined, now: number): Verified {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds))
    return refused('it does not say when it was signed');
  const age = Math.floor(now / 1000) - Number(seconds);
  if (age > WINDOW_S) return refused('it was signed more than five minutes ago');
  if (age < -WINDOW_S) return refused('it was signed in the future: one of the clocks is wrong');
  return { ok: true };
}
