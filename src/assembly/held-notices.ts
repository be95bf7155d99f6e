import { capped } from '../base/capped.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { NoticeSettings } from '../config/notices-schema.ts';
import { queueText } from '../outbox/queue.ts';
import { noticedNames, takeNotices } from '../store/tables/notices.ts';
import { chatFor, idName } from './notice-chat.ts';
import type { ChatParts } from './tell-chats.ts';

export interface HeldDeps {
  readonly parts: ChatParts;
  readonly clock: Clock;
  readonly log: Log;
  readonly notices: readonly NoticeSettings[];
}

const LOOK_MS = 60_000;
const DAY_MS = 86_400_000;

/** Tells what waited, once its time has come. */
export function startTellingHeld(deps: HeldDeps): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(() => tellHeld(deps))
      .catch((error: unknown) => deps.log.error(`what waits was not told: ${String(error)}`));
  };
  const timer = setInterval(look, LOOK_MS).unref();
  look();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/**
 * Tells everything that is due, in one message for each name, once: it is taken and queued in one transaction.
 * What waits for a name that the settings do not have any more is told nobody.
 */
export async function tellHeld({ parts, clock, log, notices }: HeldDeps): Promise<void> {
  const { store, bus } = parts.records;
  for (const name of await noticedNames(store)) {
    const one = notices.find((notice) => idName(notice.name) === name);
    const to = one && (await chatFor(parts, one));
    const at = clock.now();
    const told = await store.tx(async (sql) => {
      const { notices, more } = await takeNotices(sql, name, to ? at : Number.MAX_SAFE_INTEGER);
      if (!to || notices.length === 0) return 0;
      const facts = parts.channels.facts(to.channel);
      const text = heldText(notices, { more, room: facts.maxLength });
      const id = `noticing:${name}:${at}`;
      await queueText(sql, facts, { id, to, text, at, expiresAt: at + DAY_MS });
      return notices.length;
    });
    if (!to) log.warn(`what waited for ${name} is told nobody: the settings have no such name`);
    if (told > 0) bus.tell('outbound', undefined);
  }
}

type Held = Awaited<ReturnType<typeof takeNotices>>['notices'][number];

/** Longer than this is read by nobody, whatever a channel takes. */
const MOST_TEXT = 3500;
const MOST_LINE = 300;
const TAIL = 100;

/** One message, the oldest first; what does not fit is counted. */
function heldText(
  notices: readonly Held[],
  { more, room }: { readonly more: number; readonly room: number },
): string {
  const lines = ['What happened meanwhile:'];
  let left = Math.min(room, MOST_TEXT) - TAIL;
  const shown = notices
    .map(({ text, told }) => capped(text, MOST_LINE) + (told > 1 ? ` (${told} times)` : ''))
    .filter((line) => {
      left -= line.length + 1;
      return left > 0;
    });
  const missing = notices.length - shown.length + more;
  lines.push(...shown, ...(missing > 0 ? [`… and ${missing} more: atom feed`] : []));
  return lines.join('\n');
}
