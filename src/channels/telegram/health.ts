import type { ChannelHealth, ChannelHooks } from '../../domain/channel.ts';

/** Passes on a health that differs from the last: every poll has one. */
export function changes(hooks: ChannelHooks): (health: ChannelHealth) => void {
  let last = '';
  return (health) => {
    const words = 'reason' in health ? health.reason : health.state;
    if (words === last) return;
    last = words;
    hooks.health(health);
  };
}
