/**
 * One rule of the owner. Every condition that is there must fit; what is left out fits everything. A
 * rule only ever tightens: it can ask or deny, never allow.
 */
export interface Rule {
  /** A short name, unique among the rules: `no-push`. */
  readonly name: string;
  readonly verdict: 'ask' | 'deny';
  /** Shown on cards and in refusals. */
  readonly reason: string;
  /** `shell.exec`, `file.write`, … */
  readonly action?: string | undefined;
  /** A program by its name, whatever folder it is called from. */
  readonly program?: string | undefined;
  /**
   * Its arguments, token by token: a word itself, `*` for any one word, `**` for any number of them.
   * Options before the first plain word are looked past: `push **` also fits `-C site push`.
   */
  readonly args?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly jail?: string | undefined;
  readonly channel?: string | undefined;
  /** The platform's fixed id of who sent the message. */
  readonly sender?: string | undefined;
  /** `22:00-07:00`, local time; may pass midnight. */
  readonly between?: string | undefined;
  /** Commands that this rule must fit, and others that it must not; checked when it is loaded. */
  readonly match?: readonly (readonly string[])[] | undefined;
  readonly notMatch?: readonly (readonly string[])[] | undefined;
}

/** What a rule can look at, in the order in which people are told. */
export const ruleConditions = [
  'action',
  'program',
  'args',
  'agent',
  'jail',
  'channel',
  'sender',
  'between',
] as const;

/** One example of a rule that does not hold. */
export interface WrongExample {
  readonly list: 'match' | 'notMatch';
  readonly at: number;
  readonly words: readonly string[];
}
