import type { Channel, ChannelFacts } from '../domain/channel.ts';

/** What the folder of a channel offers once it is loaded. */
export interface ChannelModule<Deps> {
  /** Makes the channel; nothing is connected before `open` or the first `send`. */
  create(deps: Deps): Channel;
}

/** One line of the table of channels. `facts` cost nothing; `load` brings in the code. */
export interface ChannelEntry<Deps> {
  readonly facts: ChannelFacts;
  load(): Promise<ChannelModule<Deps>>;
}
