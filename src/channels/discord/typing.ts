import type { Log } from '../../base/log.ts';
import type { Address } from '../../domain/address.ts';
import type { Access } from './api.ts';
import type { Chats } from './chats.ts';
import { troubleOf } from './errors.ts';

export interface TypingDeps {
  readonly token: string;
  readonly log: Log;
  readonly chats: Pick<Chats, 'channelOf'>;
  access(): Promise<Access>;
}

const TIMEOUT_MS = 10_000;

/** Shows for ten seconds that something is being written. Best effort. */
export async function showTyping(
  { access, chats, log, token }: TypingDeps,
  to: Address,
): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const { api } = await access();
    await api.channels.showTyping(await chats.channelOf(to, signal), { signal });
  } catch (thrown) {
    log.debug('typing not shown', { reason: troubleOf(thrown, token).words });
  }
}
