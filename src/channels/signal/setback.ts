import { quotable } from '../../base/visible.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import { type Door, doorText, startCommand } from './door.ts';
import { addressOf } from './ids.ts';
import { NoAccountError } from './session.ts';
import { RpcError, SILENT, WireError } from './wire.ts';

const MOST_WORDS = 200;

/** What to say when there is no connection, or none any more. */
export function setbackOf(thrown: unknown, door: Door, account: string): ChannelHealth {
  if (thrown instanceof NoAccountError)
    return failed(
      `signal-cli at ${doorText(door)} has no account ${addressOf(account)}. Link it: atom channels login signal`,
    );
  if (thrown instanceof RpcError)
    return failed(
      `signal-cli at ${doorText(door)} refused (${thrown.code}: ${quotable(thrown.message.slice(0, MOST_WORDS))}). atom needs signal-cli 0.13 or newer: ${startCommand(door)}`,
    );
  const why =
    thrown instanceof WireError ? thrown.message : 'it answers what atom does not understand';
  return { state: 'retrying', reason: reasonOf(why, door) };
}

function reasonOf(why: string, door: Door): string {
  const [where, start] = [doorText(door), startCommand(door)];
  if (['ECONNREFUSED', 'ENOENT'].includes(why))
    return `no signal-cli listens at ${where}. Start it: ${start}`;
  if (why === SILENT) return `signal-cli at ${where} does not answer. Start it again: ${start}`;
  return `signal-cli at ${where}: ${why}`;
}

const failed = (reason: string): ChannelHealth => ({ state: 'failed', reason });
