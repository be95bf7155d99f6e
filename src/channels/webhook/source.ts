/** A program that may speak to atom, and where it is answered. */
export interface Source {
  readonly name: string;
  /** Of Standard Webhooks; what it posts is signed with it. */
  readonly secret: string;
  /** The conversation that it speaks in. */
  readonly session: string;
  readonly out?: {
    readonly url: string;
    /** Not the other one: what we sign must not be good for being posted to us. */
    readonly secret: string;
  };
}
