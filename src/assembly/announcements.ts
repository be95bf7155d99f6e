import { newId } from '../base/ids.ts';
import type { Perform } from '../domain/action.ts';
import type { Address } from '../domain/address.ts';
import { type AgentChange, changeWords } from '../domain/agent-change.ts';
import type { Channels } from './channels.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { tellChats } from './tell-chats.ts';

export interface AnnouncementParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly performAsSystem: Perform;
}

/**
 * Puts every change of an agent, and every skill that waits, into the feed, and what atom did by itself (standing
 * approvals that it took out as well) into the owner's chats too.
 * A suggestion did nothing yet: it interrupts no conversation.
 */
export function startAnnouncements(options: AtomOptions, parts: AnnouncementParts): () => void {
  const log = options.log.part('agents');
  const lost = (error: unknown): void => log.error(`an announcement was lost: ${String(error)}`);
  const { bus } = parts.records;
  const stop = [
    bus.on('agent.changed', (change) => {
      announce(options, parts, change).catch(lost);
    }),
    bus.on('standing.lost', (text) => {
      alertOwner(options, parts, text).catch(lost);
    }),
    bus.on('skill.waits', (text) => {
      alertFeed(parts, text).catch(lost);
    }),
  ];
  return () => {
    for (const end of stop) end();
  };
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

/** Says something in the feed alone, which whoever sits at the terminal sees. */
export const alertFeed = (parts: AnnouncementParts, text: string): Promise<unknown> =>
  post(parts, 'alert', text);

/** Says something in the feed and in all chats of the owner, but for one that hears it otherwise. */
export async function alertOwner(
  options: AtomOptions,
  parts: AnnouncementParts,
  said: string | { readonly text: string; readonly except: Address },
): Promise<void> {
  const id = newId();
  const { text, ...except } = typeof said === 'string' ? { text: said } : said;
  await post(parts, 'alert', text);
  await tellChats(options, parts, { id: `alert:${id}`, text, ...except });
}
