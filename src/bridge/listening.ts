import type { Link, LinkEvent } from './link.ts';

/** What a link tells, kept until somebody listens. */
export interface Listening {
  tell(raw: { readonly [key: string]: unknown }, events: readonly LinkEvent[]): void;
  readonly listen: Link['listen'];
}

export function listening(): Listening {
  const early: Parameters<Listening['tell']>[] = [];
  let tell: Listening['tell'] = (raw, events) => void early.push([raw, events]);
  return {
    tell: (raw, events) => tell(raw, events),
    listen(listener) {
      tell = listener;
      for (const [raw, events] of early.splice(0)) listener(raw, events);
    },
  };
}
