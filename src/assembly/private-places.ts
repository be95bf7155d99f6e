import type { Config } from '../config/schema.ts';

/** Tells of a channel whether the owner marked it private. */
export const privateChannels =
  ({ channels }: Pick<Config, 'channels'>): ((channel: string) => boolean) =>
  (channel) =>
    Object.entries(channels).some(([name, settings]) => name === channel && settings?.private);
