import type { Atom } from '../../atom.ts';
import { hintFor } from '../../base/hint.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import type { ChannelStatus } from '../../protocol/status.ts';
import { lastInbound } from '../../store/tables/spool.ts';

const SILENT_MS = 120_000;

/** Every configured channel, and how it is doing. */
export const channelStatus = ({
  channels,
  records,
  options,
}: Atom): Promise<readonly ChannelStatus[]> =>
  Promise.all(
    channels.list().map(async ({ facts, health, provedAt }) => {
      const { name, label, transport, silentMs = SILENT_MS } = facts;
      const isSilent = provedAt !== undefined && options.clock.now() - provedAt > silentMs;
      const at = await lastInbound(records.store, name);
      return {
        name,
        label,
        transport,
        health: hinted(health, options.paths.profile),
        ...(at === undefined ? {} : { lastInboundAt: at }),
        ...(provedAt === undefined ? {} : { provedAt }),
        ...(isSilent ? { silent: true as const } : {}),
      };
    }),
  );

/** Why it fails names commands for this `profile`. */
const hinted = (health: ChannelHealth, profile: string): ChannelHealth =>
  'reason' in health ? { ...health, reason: hintFor(profile, health.reason) } : health;
