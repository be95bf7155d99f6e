import type { Action } from '../domain/action.ts';
import { createFeedPost } from '../feed/post.ts';
import { createFeedReact } from '../feed/react.ts';
import { createFileList } from '../files/list.ts';
import { createFileRead } from '../files/read.ts';
import { createFileReceive } from '../files/received/receive.ts';
import { createFileSend } from '../files/send.ts';
import { createFileWrite } from '../files/write.ts';
import { quarantineIn } from '../jail/quarantine/kept.ts';
import { createQuarantineRestore } from '../jail/quarantine/restore-action.ts';
import { createShellExec } from '../jail/shell-exec.ts';
import { createLlm } from '../llm/complete.ts';
import { createFetch } from '../net/fetch.ts';
import { createReply } from '../outbox/reply.ts';
import type { LiveRuns } from '../sessions/live-runs.ts';
import { createSkillCall } from '../skills/call.ts';
import { createMcpCall } from '../skills/mcp/call-action.ts';
import type { DeskDeps } from '../skills/runtime/desk.ts';
import { createSkillRead } from '../skills/text/read-action.ts';
import { createResultRead } from '../talks/result-read.ts';
import { createUndoRestore } from '../undo/restore-action.ts';
import type { Undo } from '../undo/undo.ts';
import { isAllTheirs } from './all-theirs.ts';
import { keptFiles } from './attached.ts';
import type { Channels } from './channels.ts';
import type { Errands } from './errands.ts';
import { createFileSending } from './file-sending.ts';
import type { Jails } from './jail.ts';
import type { Jobs } from './jobs.ts';
import type { Mcp } from './mcp.ts';
import type { Memory } from './memory.ts';
import { actionFor } from './own-words.ts';
import { isOwnersAlone } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import { privateChannels } from './private-places.ts';
import type { Records } from './record.ts';
import { createOwn } from './redaction.ts';
import type { Skills } from './skills.ts';
import { userBehind } from './whose.ts';

export interface ActionParts {
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly mcp: Pick<Mcp, 'call'>;
  readonly channels: Channels;
  /** What only the owner may ask for. */
  readonly acts: readonly Action[];
  readonly undo: Undo;
  readonly jobs: Pick<Jobs, 'action'>;
  readonly memory: Pick<Memory, 'actions'>;
  readonly errands: Pick<Errands, 'action' | 'posted'>;
  readonly live: Pick<LiveRuns, 'find'>;
  /** For what a running skill asks for. */
  readonly performAs: DeskDeps['performAs'];
}

/** Everything atom can do to the world: one executor an action, and no other way to it. */
export function createActions(
  options: AtomOptions,
  {
    records,
    jails,
    skills,
    mcp,
    channels,
    acts,
    undo,
    live,
    jobs,
    memory,
    errands,
    performAs,
  }: ActionParts,
): ReadonlyMap<string, Action> {
  const { clock, config, paths, secrets, metrics } = options;
  const { store, bus, steady } = records;
  // Nobody opens a file in a folder that a command could not run in, such as atom's own.
  const files = { jails: jails.list, folderOf: jails.folderOf };
  const own = createOwn(options);
  const all = [
    createShellExec({ ...jails.shell, covers: undo.covers, lend: skills.lend }),
    createFileRead(files),
    createFileList(files),
    createFileWrite(files),
    createFileSend({ ...files, ...createFileSending(options, { records, jails, channels }) }),
    createFileReceive({ ...files, store, kept: keptFiles({ paths }) }),
    createSkillCall({ ...skills.call, covers: undo.covers, performAs }),
    createMcpCall({ ...mcp.call, covers: undo.covers }),
    createFetch({ outside: jails.outside, settings: config.net }),
    skills.secretRead,
    createSkillRead(skills.texts),
    createResultRead({ store }),
    createLlm({
      ...{ store, steady, metrics, models: config.models },
      key: (provider) => secrets.get(`${provider}.key`),
    }),
    createReply({
      ...{ store, bus, clock, facts: channels.facts, live: live.find },
      isOwners: (chat) => isOwnersAlone(records, chat),
      isAllTheirs: (session) => isAllTheirs(records, session, config),
    }),
    createFeedPost({
      ...{ store, bus, clock, own, isPrivate: privateChannels(config), posted: errands.posted },
      userOf: async (sql, event) => (await userBehind({ users: records.users, sql }, event))?.name,
    }),
    createFeedReact({ store, bus, clock }),
    jobs.action,
    ...memory.actions,
    errands.action,
    createUndoRestore(undo),
    createQuarantineRestore({ root: quarantineIn(paths), turn: jails.turn }),
    ...acts,
  ];
  return new Map(all.map((action) => [action.name, actionFor(paths.profile, action)]));
}
