import type { DeskDeps } from '../skills/runtime/desk.ts';
import type { Undo } from '../undo/undo.ts';
import type { Channels } from './channels.ts';
import type { Jails } from './jail.ts';
import type { Mcp } from './mcp.ts';
import type { Records } from './record.ts';
import type { Skills } from './skills.ts';

/** What agents do in a turn. None of it is recorded by a `writer`, which would have to be there at once. */
export const WORK = [
  'shell.exec',
  'file.read',
  'file.list',
  'file.write',
  'file.send',
  'file.receive',
  'skill.call',
  'skill.read',
  'mcp.call',
  'net.fetch',
  'result.read',
  'llm.complete',
  'undo.restore',
  'quarantine.restore',
] as const;

export type Work = (typeof WORK)[number];

export interface WorkParts {
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly mcp: Pick<Mcp, 'call'>;
  readonly channels: Channels;
  readonly undo: Undo;
  /** For what a running skill asks for. */
  readonly performAs: DeskDeps['performAs'];
}
