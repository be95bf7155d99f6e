/**
 * One rule of the owner. Every field that is there must fit; what is left out fits everything. A rule
 * only ever tightens: it can ask or deny, never allow.
 */
export interface Rule {
  /** A short name, unique among the rules: `no-push`. */
  readonly name: string;
  readonly verdict: 'ask' | 'deny';
  /** Shown on cards and in refusals. */
  readonly reason: string;
  /** `shell.exec`, `file.write`, … */
  readonly action?: string;
  /** A program by its name, whatever folder it is called from. */
  readonly program?: string;
  /** Its arguments, token by token: a word itself, `*` for any one word, `**` for any number of them. */
  readonly args?: readonly string[];
  readonly agent?: string;
  readonly jail?: string;
  readonly channel?: string;
  readonly sender?: string;
  /** `22:00-07:00`, local time; may pass midnight. */
  readonly between?: string;
  /** Commands that this rule must fit, and others that it must not; checked when it is loaded. */
  readonly match?: readonly (readonly string[])[];
  readonly notMatch?: readonly (readonly string[])[];
}
