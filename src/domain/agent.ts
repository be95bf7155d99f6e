/** How much an agent may do by itself; earned, never claimed. */
export const maturities = ['student', 'intern', 'supervised', 'autonomous'] as const;
export type Maturity = (typeof maturities)[number];

/** One step up; undefined at the top. */
export const stepUp = (from: Maturity): Maturity | undefined =>
  maturities[maturities.indexOf(from) + 1];

/** One step down; undefined at the bottom: nobody falls below student. */
export const stepDown = (from: Maturity): Maturity | undefined =>
  maturities[maturities.indexOf(from) - 1];

/** True where `a` may do more by itself than `b`. */
export const isAbove = (a: Maturity, b: Maturity): boolean =>
  maturities.indexOf(a) > maturities.indexOf(b);

/** How much of what an agent does is told in the feed: reasons only where the owner asked for them. */
export const feedModes = ['operations', 'detailed', 'off'] as const;
export type FeedMode = (typeof feedModes)[number];

/** The agent of a new profile: it looks freely and asks before it changes anything. */
export const MAIN_AGENT = { id: 'atom', name: 'atom', maturity: 'intern' } as const;

/** Who asks for an action. */
export interface Principal {
  readonly kind: 'owner' | 'agent' | 'system';
  readonly id: string;
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  /** Looked up by the governor at each decision; never carried by the asker. */
  readonly maturity: Maturity;
  /** `offline`, or `provider/model`. */
  readonly model: string;
  /** Asked in turn where the model cannot answer: `provider/model` each; absent: none. */
  readonly fallbacks?: readonly string[];
  /** Name of the jail that commands run in when none is named. */
  readonly workspace: string;
  /** Names of the jails it may use; absent: all of them. */
  readonly jails?: readonly string[];
  /** Names of the skills it may use; absent: all of them. */
  readonly skills?: readonly string[];
  /** A paused agent does nothing until the owner resumes it. */
  readonly paused: boolean;
  /** Agents that it does something for, by their ids: it may do no more than the least of them. */
  readonly behalf?: readonly string[];
  /** A private agent never posts, and what it hears and says stays in its own conversations. */
  readonly private?: boolean;
  /** How much of what it does is told in the feed; absent: `operations`. */
  readonly feed?: FeedMode;
}

/** `offline`, or `provider/model`, such as `anthropic/claude`. */
export const MODEL_NAME = /^(offline|[a-z0-9-]+\/\S+)$/;

/** What may be asked in another's place: `offline` is no model. */
export const FALLBACK_NAME = /^[a-z0-9-]+\/\S+$/;
export const MOST_FALLBACKS = 5;

/** What an agent may be called: a–z, 0–9 and -, beginning with a letter; `main` names a conversation. */
export const isAgentName = (name: string): boolean =>
  /^[a-z][a-z0-9-]{0,31}$/.test(name) && name !== 'main';
