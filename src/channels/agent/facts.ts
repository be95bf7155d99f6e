import type { ChannelFacts } from '../../domain/channel.ts';
import { terminalFacts } from '../terminal/facts.ts';

/** The conversations of agents themselves: what is said there comes as events to who looks on. */
export const agentFacts: ChannelFacts = {
  ...terminalFacts,
  name: 'agent',
  label: 'Agents',
  transport: 'this gateway',
};
