import type { Summary, TranscriptEntry } from './session.ts';
import { isStanding } from './standing-words.ts';

/** About 3,000 tokens. */
const MOST_KEPT = 12_000;

/**
 * The owner's standing instructions, those of an earlier summary first. Only words that carry the owner's own
 * label count. Where there are too many, the oldest go, and that is said.
 */
export function keptOf(
  covered: readonly TranscriptEntry[],
  pins: readonly string[] = [],
): Pick<Summary, 'kept' | 'dropped'> {
  const all: string[] = [];
  const without = (text: string): readonly string[] => all.filter((one) => one !== text);
  for (const text of [...covered.flatMap(standingIn), ...pins.map((pin) => ({ keep: pin }))]) {
    const rest = without('keep' in text ? text.keep : text.drop);
    all.splice(0, all.length, ...rest, ...('keep' in text ? [text.keep] : []));
  }
  let [length, at] = [0, all.length];
  while (at > 0 && length + (all[at - 1]?.length ?? 0) <= MOST_KEPT)
    length += all[--at]?.length ?? 0;
  const before = covered.reduce(
    (many, { item }) => many + ((item.role === 'summary' && item.dropped) || 0),
    0,
  );
  const dropped = before + at;
  return { kept: all.slice(at), ...(dropped === 0 ? {} : { dropped }) };
}

type Standing = { readonly keep: string } | { readonly drop: string };

function standingIn({ item, labels }: TranscriptEntry): readonly Standing[] {
  if (item.role === 'summary') return item.kept.map((keep) => ({ keep }));
  if (labels.integrity !== 'owner') return [];
  if (item.role === 'user') return isStanding(item.text) ? [{ keep: item.text.trim() }] : [];
  if (item.role !== 'note') return [];
  if (item.unpin !== undefined) return [{ drop: item.unpin }];
  return item.pin === undefined ? [] : [{ keep: item.pin }];
}
