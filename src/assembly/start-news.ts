import { waitingWords } from './agreed-jails.ts';
import { type AnnouncementParts, alertFeed, alertOwner } from './announcements.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';

/** Tells the owner at the start what a crash left in doubt, and which jails wait to be agreed to. */
export async function tellAtStart(
  options: AtomOptions,
  parts: AnnouncementParts,
  jails: Pick<Jails, 'list' | 'waiting'>,
): Promise<void> {
  if (parts.records.doubts.length > 0) await tellDoubts(options, parts);
  for (const jail of jails.waiting())
    await alertOwner(options, parts, waitingWords(jails.list(), jail));
}

async function tellDoubts(options: AtomOptions, parts: AnnouncementParts): Promise<void> {
  // Seldom needed: most gateways end as they should.
  const { alertWords } = await import('./doubts/words.ts');
  const { showDoubt } = await import('./doubts/notices.ts');
  const { records, channels } = parts;
  for (const run of records.doubts) {
    const text = await alertWords(records.store, run, options.paths.profile);
    records.bus.tell('alert', { kind: 'doubt', text });
    await alertFeed(parts, text);
    await showDoubt(options, { records, channels }, { run, text });
  }
}
