import type { Maturity } from './agent.ts';

/** What changed about an agent. */
export interface AgentChange {
  readonly agent: string;
  readonly kind: 'added' | 'promoted' | 'demoted' | 'paused' | 'resumed' | 'suggested';
  readonly from?: Maturity;
  readonly to?: Maturity;
  /** Some of its words may be a model's, made visible. */
  readonly why: string;
  /** `owner`, or `atom` for what it did by itself. */
  readonly by: 'owner' | 'atom';
}

/** One step of an agent, as it is kept. */
export interface MaturityChange {
  readonly agent: string;
  readonly from: Maturity;
  readonly to: Maturity;
  readonly why: string;
  /** `owner`, or `atom` for what it did by itself. */
  readonly by: string;
  readonly at: number;
}

/** The change in one sentence, as it is announced. */
export function changeWords({ agent, kind, from, to, why, by }: AgentChange): string {
  const because = why === '' ? '' : ` ${why}`;
  switch (kind) {
    case 'promoted':
      return `The agent ${agent} is ${to} now (it was ${from}).${because}`;
    case 'demoted':
      return `The agent ${agent} is only ${to} now (it was ${from})${by === 'atom' ? ', at once and by itself' : ''}.${because}`;
    case 'suggested':
      return `The agent ${agent} is ready to be ${to}.${because}`;
    case 'added':
      return `There is a new agent: ${agent}, ${to}.`;
    case 'paused':
      return `The agent ${agent} is paused and does nothing until you resume it.`;
    case 'resumed':
      return `The agent ${agent} works again.`;
  }
}
