import type { ChannelFacts } from '../../domain/channel.ts';
import { terminalFacts } from '../terminal/facts.ts';

/** The devices and programs that connect to the gateway: what they are told comes as events. */
export const deviceFacts: ChannelFacts = {
  ...terminalFacts,
  name: 'device',
  label: 'Devices',
  transport: 'the gateway',
};
