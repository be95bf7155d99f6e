/** What is on record from one moment to another. Times are milliseconds since 1970, days local (`2026-02-03`). */
export interface Stats {
  readonly since: number;
  readonly until: number;
  readonly messages: readonly ChannelTraffic[];
  /** From a message to its answer being queued. */
  readonly replies: Quantiles;
  readonly approvals: {
    readonly asked: number;
    readonly approved: number;
    readonly denied: number;
    readonly expired: number;
    /** Stopped before anybody answered. */
    readonly void: number;
    /** How long a person took, in the middle. */
    readonly decided: Quantiles;
    /** What agents did without a question: by a standing approval, and because the rules let them. */
    readonly standing: number;
    readonly byRule: number;
  };
  /** Commands that ran, by complexity: looks, says, changes, destroys. */
  readonly commands: readonly [number, number, number, number];
  /** What was not done, by why. The most first. */
  readonly refusals: readonly Counted[];
  /** The most expensive first. */
  readonly models: readonly ModelUse[];
  /** What the answers of models cost each agent, by name. The most expensive first. */
  readonly agents: readonly AgentUse[];
  /** The most called first. */
  readonly skills: readonly Counted[];
  /** Every day from `since` on, the first and the last only in part. */
  readonly days: readonly DayUse[];
  /** What money is in. */
  readonly currency: string;
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export interface ChannelTraffic {
  readonly channel: string;
  readonly in: number;
  readonly out: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly expired: number;
}

/** Answers of models. Money at the prices that hold now. */
export interface Use {
  readonly calls: number;
  /** Tokens, as providers count them. */
  readonly input: number;
  readonly output: number;
  /** Of `input`, read from a provider’s cache; of `output`, thoughts. */
  readonly cached: number;
  readonly reasoning: number;
  readonly money: number;
}

export interface ModelUse extends Use {
  readonly model: string;
}

export interface AgentUse extends Use {
  readonly agent: string;
}

export interface DayUse {
  readonly day: string;
  readonly messages: number;
  /** What agents did, answers and questions to models left out. */
  readonly actions: number;
  readonly models: readonly ModelUse[];
}

/** Absent where nothing was measured. */
export interface Quantiles {
  readonly count: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

/** Quantiles by the nearest rank: always one of the values. */
export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  if (count === 0) return { count };
  return { count, p50Ms: nearest(sorted, 0.5), p95Ms: nearest(sorted, 0.95) };
}

const nearest = (sorted: readonly number[], quantile: number): number =>
  sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0;

/** The local day of a moment. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The local days from one moment to another, both included. */
export function daysBetween(since: number, until: number): readonly string[] {
  const last = dayOf(until);
  const days: string[] = [];
  // Noon is on the right day also where a clock is set for summer.
  for (const noon = new Date(since).setHours(12, 0, 0, 0); days.at(-1) !== last; ) {
    days.push(dayOf(new Date(noon).setDate(new Date(noon).getDate() + days.length)));
    if (days.length > MOST_DAYS) break;
  }
  return days;
}

const MOST_DAYS = 3660;
