import type { Config } from '../config/schema.ts';
import { isOwnChannel, ownFolderName } from '../domain/own-channel.ts';

/** Tells of a channel whether the owner marked it private. */
export const privateChannels =
  ({ channels }: Pick<Config, 'channels'>): ((channel: string) => boolean) =>
  (channel) => {
    const { own, ...atoms } = channels;
    if (isOwnChannel(channel)) return own?.[ownFolderName(channel)]?.private === true;
    return Object.entries(atoms).some(([name, settings]) => name === channel && settings?.private);
  };
