import { editionFacts } from '../../config/edition.ts';
import { dayOf } from '../../domain/stats.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';

const DAY_MS = 86_400_000;
/** Not while the gateway is getting up, and then before messages, which say whose something was, are forgotten. */
const FIRST_MS = 20_000;
const EVERY_MS = 60_000;
/** A question to a model that was not answered by then never will be. */
const OPEN_MS = 7 * DAY_MS;

/** Counts what is on record from time to time, where the edition has it counted. Returns how to stop. */
export function startAnalytics(
  { config, clock, log }: Pick<AtomOptions, 'config' | 'clock' | 'log'>,
  records: Pick<Records, 'store' | 'users'>,
): () => void {
  const stopping = new AbortController();
  let isRunning = false;
  const look = async (): Promise<void> => {
    // Loaded here: nobody waits for it, and most atoms have nothing counted.
    if (editionFacts[config.edition].analytics)
      await (await import('./count.ts')).catchUp(records, stopping.signal);
    const { forgetTally } = await import('../../store/tables/tally.ts');
    const now = clock.now();
    const first = dayOf(now - config.retention.recordDays * DAY_MS);
    await records.store.tx((sql) => forgetTally(sql, first, now - OPEN_MS));
  };
  const run = (): void => {
    if (isRunning) return;
    isRunning = true;
    look()
      .catch((error: unknown) => log.error(`what there was is not counted: ${String(error)}`))
      .finally(() => {
        isRunning = false;
      });
  };
  const first = setTimeout(run, FIRST_MS);
  const often = setInterval(run, EVERY_MS);
  for (const timer of [first, often]) timer.unref();
  return () => {
    stopping.abort();
    clearTimeout(first);
    clearInterval(often);
  };
}
