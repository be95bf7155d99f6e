import type { Agent } from '../../domain/agent.ts';
import type { Whose } from '../../store/tables/usage.ts';

/** How much may be used. Money in units of the currency. */
export interface Allowance {
  readonly actionsPerMinute: number;
  readonly commandsPerHour: number;
  readonly moneyPerDay: number;
  /** For everything that one message leads to. */
  readonly moneyPerRun: number;
  /** Tokens of models, asked and answered together; also of those that cost nothing. */
  readonly tokensPerDay: number;
  readonly tokensPerRun: number;
}

/** The owner's limits: for all agents together, and tighter ones for single agents by their names. */
export interface LimitSettings extends Allowance {
  readonly currency: string;
  readonly perAgent: {
    readonly [agent: string]: { readonly [K in keyof Allowance]?: Allowance[K] | undefined };
  };
}

/** One limit, as it is counted. */
export interface Limit {
  /** The key of the setting, below `limits.`. */
  readonly setting: string;
  readonly kind: keyof Allowance;
  readonly measure: 'actions' | 'commands' | 'money' | 'tokens';
  /** Undefined: for one task, however long it takes. */
  readonly windowMs: number | undefined;
  readonly whose: Whose;
  /** Money in millionths. */
  readonly most: number;
}

export const DAY_MS = 86_400_000;
export const MILLION = 1_000_000;

const KINDS: Readonly<Record<keyof Allowance, Pick<Limit, 'measure' | 'windowMs'>>> = {
  actionsPerMinute: { measure: 'actions', windowMs: 60_000 },
  commandsPerHour: { measure: 'commands', windowMs: 3_600_000 },
  moneyPerDay: { measure: 'money', windowMs: DAY_MS },
  moneyPerRun: { measure: 'money', windowMs: undefined },
  tokensPerDay: { measure: 'tokens', windowMs: DAY_MS },
  tokensPerRun: { measure: 'tokens', windowMs: undefined },
};

/** Every limit that an agent is under: those of all together, then its own. */
export function limitsOf(
  settings: LimitSettings,
  { id, name }: Pick<Agent, 'id' | 'name'>,
): readonly Limit[] {
  const own = Object.hasOwn(settings.perAgent, name) ? settings.perAgent[name] : undefined;
  const kinds = Object.keys(KINDS) as (keyof Allowance)[];
  return [
    ...kinds.map((kind) => limit(kind, settings[kind], { setting: kind, whose: undefined })),
    ...kinds.flatMap((kind) => {
      const most = own?.[kind];
      const setting = `perAgent.${name}.${kind}`;
      return most === undefined ? [] : [limit(kind, most, { setting, whose: id })];
    }),
  ];
}

function limit(kind: keyof Allowance, most: number, rest: Pick<Limit, 'setting' | 'whose'>): Limit {
  const { measure, windowMs } = KINDS[kind];
  const counted = measure === 'money' ? Math.floor(most * MILLION) : most;
  return { kind, measure, windowMs, most: counted, ...rest };
}
