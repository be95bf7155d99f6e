export const editions = ['personal', 'enterprise'] as const;
export type Edition = (typeof editions)[number];

/** What an edition differs in. Never in what is decided: governance does not know that there are any. */
export interface EditionFacts {
  /** People who have agents work, the owner among them. Guests are not counted. */
  readonly people: number;
  /** How long the record is kept unless the settings say, and with it how far back `atom stats` looks. */
  readonly recordDays: number;
  /** How long posts of the feed are kept at least, unless the settings say. */
  readonly feedDays: number;
  /** Whether an OpenID provider may say whose a device is. */
  readonly identities: boolean;
  /** Whether use is counted by user, agent, channel and model, for as long as the record is kept. */
  readonly analytics: boolean;
}

/** The one place that says it. */
export const editionFacts: Readonly<Record<Edition, EditionFacts>> = {
  personal: { people: 5, recordDays: 30, feedDays: 90, identities: false, analytics: false },
  enterprise: { people: 500, recordDays: 365, feedDays: 365, identities: true, analytics: true },
};

interface Kept {
  readonly recordDays?: number | undefined;
  readonly feedDays?: number | undefined;
}

/** How long things are kept: as the settings say, else as the edition does. */
export function keptIn<T extends Kept>(
  edition: Edition,
  { recordDays, feedDays, ...rest }: T,
): Omit<T, keyof Kept> & Pick<EditionFacts, 'recordDays' | 'feedDays'> {
  const facts = editionFacts[edition];
  return {
    ...rest,
    recordDays: recordDays ?? facts.recordDays,
    feedDays: feedDays ?? facts.feedDays,
  };
}
