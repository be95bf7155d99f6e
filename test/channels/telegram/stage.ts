import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createTelegram, type TelegramDeps } from '../../../src/channels/telegram/create.ts';
import type { Address } from '../../../src/domain/address.ts';
import type { Channel, ChannelHealth } from '../../../src/domain/channel.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';

/** A Telegram channel for a peer; what it logs goes to `lines`. */
export const telegramFor = (
  { apiRoot, token }: { readonly apiRoot: string; readonly token: string },
  lines: LogLine[] = [],
  more: Partial<TelegramDeps> = {},
): Channel =>
  createTelegram({
    apiRoot,
    token,
    clock: systemClock,
    newId: () => newId(),
    log: createLog((line) => void lines.push(line), 'telegram'),
    ...more,
  });

/** The private chat of person 42 with a bot. */
export const privateChat = (account: string): Address => ({
  channel: 'telegram',
  account,
  peer: '42',
});

/** Opens the channel and keeps what it says. `accept` stands in for the spool. */
export function watched(
  channel: Channel,
  accept: (event: InboundEvent) => Promise<void> = async () => undefined,
) {
  const events: InboundEvent[] = [];
  const health: ChannelHealth[] = [];
  channel.open({
    health: (now) => health.push(now),
    accept: async (event) => {
      events.push(event);
      await accept(event);
    },
  });
  const reasons = () => health.flatMap((now) => ('reason' in now ? [now.reason] : []));
  return { events, health, reasons, state: () => health.at(-1)?.state };
}

/** The update of a message of person 42. */
export const hello = (id: number) => ({
  update_id: id,
  message: {
    message_id: id,
    date: 1,
    text: `hello ${id}`,
    chat: { id: 42, type: 'private', first_name: 'Dana' },
    from: { id: 42, is_bot: false, first_name: 'Dana' },
  },
});
