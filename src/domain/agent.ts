/** How much an agent may do by itself; earned, never claimed. */
export const maturities = ['student', 'intern', 'supervised', 'autonomous'] as const;
export type Maturity = (typeof maturities)[number];

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
  /** Name of the jail that commands run in when none is named. */
  readonly workspace: string;
  /** A paused agent does nothing until the owner resumes it. */
  readonly paused: boolean;
}
