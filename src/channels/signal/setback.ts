import type { ChannelHealth } from '../../domain/channel.ts';
import { type Door, doorText, startCommand } from './door.ts';
import { addressOf } from './ids.ts';
import { NoAccountError } from './session.ts';
import { RpcError, WireError } from './wire.ts';

/** What to say when there is no connection, or none any more. */
export function setbackOf(thrown: unknown, door: Door, account: string): ChannelHealth {
  if (thrown instanceof NoAccountError)
    return failed(
      `signal-cli at ${doorText(door)} has no account ${addressOf(account)}. Link it: atom channels login signal`,
    );
  if (thrown instanceof RpcError)
    return failed(
      `signal-cli at ${doorText(door)} refused (${thrown.code}: ${thrown.message}). atom needs signal-cli 0.13 or newer: ${startCommand(door)}`,
    );
  const why = thrown instanceof WireError ? thrown.message : 'unknown trouble';
  const isAbsent = ['ECONNREFUSED', 'ENOENT'].includes(why);
  return {
    state: 'retrying',
    reason: isAbsent
      ? `no signal-cli listens at ${doorText(door)}. Start it: ${startCommand(door)}`
      : `signal-cli at ${doorText(door)}: ${why}; trying again`,
  };
}

const failed = (reason: string): ChannelHealth => ({ state: 'failed', reason });
