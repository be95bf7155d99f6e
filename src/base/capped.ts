/** At most `max` UTF-16 units, and no half of a pair at the cut: every program can write it down. */
export const capped = (text: string, max: number): string => text.slice(0, max).toWellFormed();
