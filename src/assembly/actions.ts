import type { Action } from '../domain/action.ts';
import { createFeedPost } from '../feed/post.ts';
import { createFeedReact } from '../feed/react.ts';
import { createReply } from '../outbox/reply.ts';
import type { LiveRuns } from '../sessions/live-runs.ts';
import { isAllTheirs, isPublic } from './all-theirs.ts';
import type { Errands } from './errands.ts';
import type { Jobs } from './jobs.ts';
import { lateWork } from './late-work.ts';
import type { Memory } from './memory.ts';
import { actionFor } from './own-words.ts';
import { isOwnersAlone } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import { privateChannels } from './private-places.ts';
import { createOwn } from './redaction.ts';
import { userBehind } from './whose.ts';
import type { WorkParts } from './work.ts';

export interface ActionParts extends WorkParts {
  /** What only the owner may ask for. */
  readonly acts: readonly Action[];
  readonly jobs: Pick<Jobs, 'action'>;
  readonly memory: Pick<Memory, 'actions'>;
  readonly errands: Pick<Errands, 'action' | 'posted'>;
  readonly live: Pick<LiveRuns, 'find'>;
}

/** Everything atom can do to the world: one executor an action, and no other way to it. */
export function createActions(
  options: AtomOptions,
  { acts, live, jobs, memory, errands, ...parts }: ActionParts,
): ReadonlyMap<string, Action> {
  const { clock, config } = options;
  const { records, skills, channels } = parts;
  const { store, bus } = records;
  const own = createOwn(options);
  const all = [
    ...lateWork(options, parts),
    skills.secretRead,
    createReply({
      store,
      bus,
      clock,
      facts: channels.facts,
      live: live.find,
      isOwners: (chat) => isOwnersAlone(records, chat),
      isAllTheirs: (session) => isAllTheirs(records, session, config),
      isPublic: (session, said) => isPublic(records, session, said),
    }),
    createFeedPost({
      store,
      bus,
      clock,
      own,
      isPrivate: privateChannels(config),
      posted: errands.posted,
      userOf: async (sql, event) => (await userBehind({ users: records.users, sql }, event))?.name,
    }),
    createFeedReact({ store, bus, clock }),
    jobs.action,
    ...memory.actions,
    errands.action,
    ...acts,
  ];
  return new Map(all.map((action) => [action.name, actionFor(options.paths.profile, action)]));
}
