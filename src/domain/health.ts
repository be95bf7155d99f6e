/** One thing that has to be well. `note` is for what the owner should know and nothing is broken by. */
export interface HealthCheck {
  readonly name: string;
  readonly state: 'good' | 'note' | 'bad';
  /** One line without secrets. */
  readonly words: string;
}

/** `ok` where nothing is bad. */
export interface Health {
  readonly ok: boolean;
  readonly checks: readonly HealthCheck[];
}

export const healthOf = (checks: readonly HealthCheck[]): Health => ({
  ok: checks.every(({ state }) => state !== 'bad'),
  checks,
});
