import { visible } from '../base/visible.ts';
import type { AgentReport } from '../domain/agent-report.ts';
import { actionsIn, type Tally } from '../domain/track-record.ts';

const MOST_CAPABILITIES = 10;

/** A record in a few lines, for the card of a promotion. */
export function recordLines({
  agent,
  record,
}: Pick<AgentReport, 'agent' | 'record'>): readonly string[] {
  const { recent, ever, days, capabilities } = record;
  return [
    agent.verdict,
    `in ${days} days: ${tallyWords(recent)}`,
    `ever: ${tallyWords(ever)}`,
    ...capabilities
      .slice(0, MOST_CAPABILITIES)
      .map((one) => `${visible(one.capability)}: ${tallyWords(one.ever)}`),
  ];
}

function tallyWords(tally: Tally): string {
  const { granted, denied, failed, undone, harmful } = tally;
  const [looked, said, changed, destroyed] = tally.actions;
  return `${actionsIn(tally)} actions (${looked} look, ${said} say, ${changed} change, ${destroyed} destroy), ${granted} approved, ${denied} denied, ${failed} failed, ${undone} undone, ${harmful} harmful`;
}
