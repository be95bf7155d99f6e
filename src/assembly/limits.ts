import { createLimits, type Limits } from '../governance/limits/limits.ts';
import { MILLION } from '../governance/limits/settings.ts';
import { moneyWords, tokenWords } from '../governance/limits/words.ts';
import { createCosts } from '../llm/cost.ts';
import type { UsageStatus } from '../protocol/status.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export const limitsFor = (
  { clock, config }: AtomOptions,
  { store, bus }: Pick<Records, 'store' | 'bus'>,
): Limits =>
  createLimits({
    store,
    bus,
    clock,
    settings: config.limits,
    costs: createCosts(config.models),
  });

/** What the agents used in the last 24 hours, beside what they may. */
export async function usageOf({ config }: AtomOptions, limits: Limits): Promise<UsageStatus> {
  const { actions, commands, money, tokens } = await limits.used();
  const { moneyPerDay, currency, tokensPerDay } = config.limits;
  return {
    actions,
    commands,
    money: money / MILLION,
    moneyPerDay,
    currency,
    tokens,
    tokensPerDay,
  };
}

/** The same in one line. */
export const usageLine = ({
  actions,
  commands,
  money,
  moneyPerDay,
  currency,
  tokens,
}: UsageStatus): string =>
  `Last 24 hours: ${actions} actions, ${commands} commands, ${moneyWords(money * MILLION)} of ${moneyPerDay} ${currency}, ${tokenWords(tokens)}.`;
