import { newId } from '../base/ids.ts';
import type { Perform } from '../domain/action.ts';
import { type AgentChange, changeWords } from '../domain/agent-change.ts';
import { queueText } from '../outbox/queue.ts';
import type { Channels } from './channels.ts';
import { ownerChats } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface AnnouncementParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly performAsSystem: Perform;
}

/**
 * Puts every change of an agent into the feed, and what atom did by itself into the owner's chats too.
 * A suggestion did nothing yet: it interrupts no conversation.
 */
export function startAnnouncements(options: AtomOptions, parts: AnnouncementParts): () => void {
  const log = options.log.part('agents');
  return parts.records.bus.on('agent.changed', (change) => {
    announce(options, parts, change).catch((error: unknown) =>
      log.error(`an announcement was lost: ${String(error)}`),
    );
  });
}

async function announce(
  options: AtomOptions,
  parts: AnnouncementParts,
  change: AgentChange,
): Promise<void> {
  const text = changeWords(change);
  if (change.by === 'atom' && change.kind !== 'suggested')
    return await alertOwner(options, parts, text);
  await post(parts, change.by === 'atom' ? 'alert' : 'status', text);
}

const post = ({ performAsSystem }: AnnouncementParts, kind: 'alert' | 'status', text: string) =>
  performAsSystem({ id: newId(), action: 'feed.post', resource: { kind, text }, context: {} });

/** Says something in the feed and in all chats of the owner. */
export async function alertOwner(
  options: AtomOptions,
  parts: AnnouncementParts,
  text: string,
): Promise<void> {
  const { records, channels } = parts;
  const id = newId();
  await post(parts, 'alert', text);
  const chats = await ownerChats(options, records.store);
  const at = options.clock.now();
  await records.store.tx(async (sql) => {
    for (const to of chats)
      await queueText(sql, channels.facts(to.channel), {
        ...{ id: `alert:${id}:${to.channel}:${to.peer}`, to, text, at },
      });
  });
  records.bus.tell('outbound', undefined);
}
