import { forgetOld } from '../store/retention.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

const DAY_MS = 86_400_000;
/** Promotion looks back this far at most, whatever the settings say. */
const LEAST_RUN_DAYS = 90;
/** Not while the gateway is getting up. */
const FIRST_MS = 60_000;

/** Forgets once a day what was dealt with long ago. Returns how to stop. */
export function startRetention(
  { config, clock, log }: AtomOptions,
  { store }: Pick<Records, 'store'>,
): () => void {
  const stopping = new AbortController();
  const forget = async (): Promise<void> => {
    const { days } = config.retention;
    const before = (many: number): number => clock.now() - many * DAY_MS;
    const keep = {
      messagesSince: before(days),
      runsSince: before(Math.max(days, LEAST_RUN_DAYS)),
    };
    const gone = await forgetOld(store, keep, stopping.signal);
    if (gone > 0) log.info(`forgot ${gone} rows that were dealt with ${days} days ago or longer`);
  };
  const run = (): void => {
    forget().catch((error: unknown) => log.error(`nothing old was forgotten: ${String(error)}`));
  };
  const first = setTimeout(run, FIRST_MS);
  const daily = setInterval(run, DAY_MS);
  for (const timer of [first, daily]) timer.unref();
  return () => {
    stopping.abort();
    clearTimeout(first);
    clearInterval(daily);
  };
}
