import type { Action } from '../domain/action.ts';
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
import { createSkillCall } from '../skills/call.ts';
import { createMcpCall } from '../skills/mcp/call-action.ts';
import { createSkillRead } from '../skills/text/read-action.ts';
import { createResultRead } from '../talks/result-read.ts';
import { createUndoRestore } from '../undo/restore-action.ts';
import { keptFiles } from './attached.ts';
import { createFileSending } from './file-sending.ts';
import type { AtomOptions } from './parts.ts';
import type { Work, WorkParts } from './work.ts';

/** One executor for each action of a turn. */
export function createWork(
  options: AtomOptions,
  { records, jails, skills, mcp, channels, undo, performAs }: WorkParts,
): Readonly<Record<Work, Action>> {
  const { config, paths, secrets, metrics } = options;
  const { store, steady } = records;
  // Nobody opens a file in a folder that a command could not run in, such as atom's own.
  const files = { jails: jails.list, folderOf: jails.folderOf };
  const { covers } = undo;
  return {
    'shell.exec': createShellExec({ ...jails.shell, covers, lend: skills.lend }),
    'file.read': createFileRead(files),
    'file.list': createFileList(files),
    'file.write': createFileWrite(files),
    'file.send': createFileSend({
      ...files,
      ...createFileSending(options, { records, jails, channels }),
    }),
    'file.receive': createFileReceive({ ...files, store, kept: keptFiles({ paths }) }),
    'skill.call': createSkillCall({ ...skills.call, covers, performAs }),
    'skill.read': createSkillRead(skills.texts),
    'mcp.call': createMcpCall({ ...mcp.call, covers }),
    'net.fetch': createFetch({ outside: jails.outside, settings: config.net }),
    'result.read': createResultRead({ store }),
    'llm.complete': createLlm({
      store,
      steady,
      metrics,
      models: config.models,
      key: (provider) => secrets.get(`${provider}.key`),
    }),
    'undo.restore': createUndoRestore(undo),
    'quarantine.restore': createQuarantineRestore({
      root: quarantineIn(paths),
      turn: jails.turn,
    }),
  };
}
