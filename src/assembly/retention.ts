import { channels, isChannelName } from '../channels/registry.ts';
import { type PruneDeps, pruneAudit } from '../governance/audit/prune.ts';
import { forgetOld } from '../store/retention.ts';
import { LASTING, lastingEntry } from '../store/tables/audit.ts';
import { isKept } from '../store/tables/media.ts';
import { keptFiles } from './attached.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import type { Skills } from './skills.ts';

const DAY_MS = 86_400_000;
/** Promotion looks back this far at most, whatever the settings say. */
const LEAST_RUN_DAYS = 90;
/** Platforms bring again what is a week old at most, and what people signed with a time is refused much sooner. */
const BYGONE_DAYS = 90;
/** Years of a busy account, and some megabytes. */
const MOST_BYGONE = 100_000;
const isUndated = (name: string): boolean =>
  isChannelName(name) && channels[name].facts.undated === true;
/** Not while the gateway is getting up. */
const FIRST_MS = 60_000;

/** Forgets once a day what was dealt with long ago. Returns how to stop. */
export function startRetention(
  { config, clock, log, paths }: AtomOptions,
  { store, audit }: Pick<Records, 'store' | 'audit'>,
  skills: Pick<Skills, 'forgetOld'>,
): () => void {
  const stopping = new AbortController();
  const forget = async (): Promise<void> => {
    const { days, recordDays, feedDays } = config.retention;
    const now = clock.now();
    const before = (many: number): number => now - many * DAY_MS;
    const keep = {
      messagesSince: before(days),
      runsSince: before(Math.max(days, LEAST_RUN_DAYS)),
      feedSince: before(Math.max(days, feedDays)),
      bygoneUntil: (channel: string) => (isUndated(channel) ? undefined : before(-BYGONE_DAYS)),
      mostBygone: MOST_BYGONE,
      now,
    };
    const gone = await forgetOld(store, keep, stopping.signal);
    const pruned = await prune({ store, audit, clock }, before(recordDays), stopping.signal);
    if (pruned > 0)
      log.info(`dropped ${pruned} entries of the record, older than ${recordDays} days`);
    if (gone > 0) log.info(`forgot ${gone} rows that were dealt with ${days} days ago or longer`);
  };
  const forgetFiles = async (): Promise<void> => {
    const files = await keptFiles({ paths }).sweep((digest) => isKept(store, digest), clock.now());
    if (files > 0) log.info(`forgot ${files} files that came with messages`);
    const copies = await skills.forgetOld(clock.now() - config.retention.days * DAY_MS);
    if (copies > 0) log.info(`forgot ${copies} copies of skills that nobody used for long`);
  };
  const run = (): void => {
    forget()
      .catch((error: unknown) => log.error(`nothing old was forgotten: ${String(error)}`))
      .then(forgetFiles)
      .catch((error: unknown) => log.error(`old files were not forgotten: ${String(error)}`));
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

/** Some at a time; each time a signed checkpoint covers what goes. Resolves to how many entries are gone. */
async function prune(deps: PruneDeps, before: number, signal: AbortSignal): Promise<number> {
  await carryOver(deps, before);
  for (let gone = 0; ; ) {
    const { entries, more } = await pruneAudit(deps, { before });
    gone += entries;
    if (!more || signal.aborted) return gone;
  }
}

/** What the owner agreed to is read from the record: it is written down anew before it would be gone. */
async function carryOver({ store, audit }: PruneDeps, before: number): Promise<void> {
  for (const kind of LASTING) {
    const entry = await lastingEntry(store, kind);
    if (entry && entry.at < before) await store.tx((sql) => audit(sql, kind, entry.body));
  }
}
