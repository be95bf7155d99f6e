import { newId } from '../base/ids.ts';
import type { Perform } from '../domain/action.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import { CHAIN } from '../governance/audit/tree.ts';
import { noteAnnounced, readAnnounced } from '../store/tables/audit-tree.ts';
import type { Channels } from './channels.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { tellChats } from './tell-chats.ts';

export interface NewsParts {
  readonly records: Pick<Records, 'store' | 'bus' | 'people'>;
  readonly channels: Pick<Channels, 'facts'>;
  readonly performAsSystem: Perform;
}

/** The owner is told of a checkpoint once a day where something was recorded, or after so many entries. */
const DAY_MS = 24 * 3600 * 1000;
const ENTRIES = 10_000;

/**
 * Puts a checkpoint into the feed and the owner's chats, so that a copy lies where nobody with this
 * machine's files alone can change it. What that records itself is no reason for the next one.
 */
export const createCheckpointNews =
  (options: Pick<AtomOptions, 'paths' | 'config' | 'clock'>, parts: NewsParts) =>
  async (checkpoint: Checkpoint): Promise<void> => {
    const { store } = parts.records;
    const last = await readAnnounced(store, CHAIN);
    const now = options.clock.now();
    const grown = checkpoint.size - last.size;
    if (!options.config.audit.announce || grown <= 0) return;
    if (grown < ENTRIES && Math.abs(now - last.at) < DAY_MS) return;
    await tell(options, parts, checkpoint);
    await store.tx((sql) => noteAnnounced(sql, CHAIN, now));
  };

async function tell(
  options: Pick<AtomOptions, 'paths' | 'config' | 'clock'>,
  parts: NewsParts,
  checkpoint: Checkpoint,
): Promise<void> {
  const text = newsText(checkpoint);
  const id = newId();
  await parts.performAsSystem({
    id,
    action: 'feed.post',
    context: {},
    // The feed lies beside the record: what is worth keeping elsewhere goes to the chats.
    resource: { kind: 'status', text: headText(checkpoint) },
  });
  await tellChats(options, parts, { id: `checkpoint:${checkpoint.size}`, text });
}

/** The note goes along whole: saved to a file, `atom audit verify --checkpoint` takes it as it is. */
const newsText = (checkpoint: Checkpoint): string =>
  [
    `${headText(checkpoint)}. Keep this message: it shows later whether anything before it was changed or cut off (atom help audit).`,
    '',
    checkpoint.note.trimEnd(),
  ].join('\n');

const headText = ({ size, root }: Checkpoint): string =>
  `Record checkpoint: ${size} entries, root ${root.slice(0, 16)}`;
