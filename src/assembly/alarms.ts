import { clockTime } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Perform } from '../domain/action.ts';
import { queueText } from '../outbox/queue.ts';
import type { Channels } from './channels.ts';
import { ownerChats } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface AlarmParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly performAsSystem: Perform;
}

/** Tells the owner on every surface what nobody may do unseen. Returns how to stop. */
export function startAlarms(options: AtomOptions, parts: AlarmParts): () => void {
  const log = options.log.part('alarm');
  return parts.records.bus.on('factor.locked', ({ until }) => {
    tellEverywhere(options, parts, lockedWords(until)).catch((error: unknown) =>
      log.error(`an alarm was lost: ${String(error)}`),
    );
  });
}

async function tellEverywhere(
  options: AtomOptions,
  { records, channels, performAsSystem }: AlarmParts,
  text: string,
): Promise<void> {
  const id = newId();
  options.log.part('alarm').warn(text);
  await performAsSystem({
    ...{ id, action: 'feed.post', resource: { kind: 'alert', text } },
    context: {},
  });
  const chats = await ownerChats(options, records.store);
  const at = options.clock.now();
  await records.store.tx(async (sql) => {
    for (const to of chats)
      await queueText(sql, channels.facts(to.channel), {
        ...{ id: `alarm:${id}:${to.channel}:${to.peer}`, to, text, at },
      });
  });
  records.bus.tell('outbound', undefined);
}

const lockedWords = (until: number): string =>
  `Five codes of the second factor in a row were refused. None is taken until ${clockTime(until)}. If that was not you, somebody has your chat or your terminal: see what they tried with atom audit list --kind factor.failed`;
