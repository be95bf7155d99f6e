const SUFFIX = ':summary';

/** The event of the summary that the turn of an event made: its own, so that it endorses nothing said in it. */
export const summaryEvent = (event: string): string => `${event}${SUFFIX}`;

/** The event whose turn wrote an entry, a summary among them. */
export const turnOf = (event: string): string =>
  event.endsWith(SUFFIX) ? event.slice(0, -SUFFIX.length) : event;
