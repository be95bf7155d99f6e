import type { Channel, ChannelFacts, ChannelHealth } from '../../domain/channel.ts';
import type { Jails } from '../jail.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';

/** One configured channel. Without credentials there is nothing to open, and `health` says so. */
export interface Configured {
  readonly facts: ChannelFacts;
  readonly channel?: Channel;
  health: ChannelHealth;
  /** When the platform last answered. */
  provedAt?: number;
}

/** Makes the channel of a platform from the settings: none where it is not set up or is turned off. */
export type MakePlatform = (
  options: AtomOptions,
  records: Records,
  jails: Pick<Jails, 'libraryJail'>,
) => Promise<readonly Configured[]>;
