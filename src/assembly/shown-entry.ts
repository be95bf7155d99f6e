import type { TranscriptEntry } from '../domain/session.ts';

/** An entry as clients are told it: what a provider wants back is for that provider alone. */
export function shownEntry(entry: TranscriptEntry): TranscriptEntry {
  if (entry.item.role !== 'assistant') return entry;
  const { provider: _, ...item } = entry.item;
  return { ...entry, item };
}
