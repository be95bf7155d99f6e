import { waitingWords } from './agreed-jails.ts';
import { type AnnouncementParts, alertOwner } from './announcements.ts';
import { doubtWords } from './doubts.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';

/** Tells the owner at the start what a crash left in doubt, and which jails wait to be agreed to. */
export async function tellAtStart(
  options: AtomOptions,
  parts: AnnouncementParts,
  jails: Pick<Jails, 'list' | 'waiting'>,
): Promise<void> {
  for (const run of parts.records.doubts) {
    const text = await doubtWords(parts.records, run);
    parts.records.bus.tell('alert', { kind: 'doubt', text });
    await alertOwner(options, parts, text);
  }
  for (const jail of jails.waiting())
    await alertOwner(options, parts, waitingWords(jails.list(), jail));
}
