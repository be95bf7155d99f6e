/** What rules and standing approvals look at: found out by atom, never claimed by whoever asks. */
export interface Subject {
  readonly action: string;
  /** The agent that asks; absent for the owner and for atom itself. */
  readonly agent?: string;
  /** Agents that it does this for: what holds for one of them holds for what is done in their place. */
  readonly behalf?: readonly string[];
  /** Every program that would be started, by its words, wrappers taken off; none for other actions. */
  readonly commands: readonly (readonly string[])[];
  /** Real path of the first command's program: a link by another name is still that program. */
  readonly real?: string;
  /** Name of the jail it would happen in. */
  readonly jail?: string;
  /** Where the message came from that led here, and the platform's fixed id of who sent it. */
  readonly channel?: string;
  readonly sender?: string;
  /** Minutes since midnight, local time. */
  readonly minute: number;
}
