export interface StartOptions {
  readonly headless: boolean;
  readonly jsonLogs: boolean;
  /** Set up with defaults where there is no profile. */
  readonly setup: boolean;
  /** Read skills again whenever one changes. */
  readonly watchSkills: boolean;
  /** Descriptor of the pipe whose end tells that the terminal is gone. */
  readonly lifeline?: number;
}
