/** What the owner may have posted to an address of theirs. */
export const alertKinds = [
  'channel',
  'panic',
  'demotion',
  'budget',
  'record',
  'doubt',
  'factor',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export interface Alert {
  readonly kind: AlertKind;
  readonly text: string;
}

export const alertFormats = ['discord', 'slack', 'json'] as const;
export type AlertFormat = (typeof alertFormats)[number];

/** What each is about, in a few words. */
export const alertWords: Readonly<Record<AlertKind, string>> = {
  channel: 'a channel that failed',
  panic: 'everything halted, or going on again',
  demotion: 'an agent that fell by itself',
  budget: 'a limit or budget that is spent',
  record: 'a record that could not be signed, or was tampered with',
  doubt: 'a run that a crash cut off, so that it may have happened',
  factor: 'the second factor locked after wrong codes',
};
