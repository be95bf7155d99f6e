/** The reason of a signal that somebody aborted: who it was, in words (`you, at the terminal`). */
export class Stopped extends Error {
  readonly by: string;
  constructor(by: string) {
    super(`stopped by ${by}`);
    this.name = 'Stopped';
    this.by = by;
  }
}

/** Who aborted a signal, where that is known. */
export const whoStopped = ({ reason }: AbortSignal): string | undefined =>
  reason instanceof Stopped ? reason.by : undefined;
