import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import type { Covers } from '../domain/undo.ts';
import type { DeskDeps } from './runtime/desk.ts';
import type { SkillHost } from './runtime/host.ts';
import type { Pool } from './runtime/pool.ts';
import type { LoadedSkill } from './trust/judge.ts';

/** What calls of skills are made with. */
export interface SkillCallDeps extends DeskDeps {
  readonly host: SkillHost;
  readonly pool: Pool;
  /** Those that may be used now; where it is said by whom, only those that it sees. */
  readonly skills: (by?: { readonly agent: Agent | undefined }) => readonly LoadedSkill[];
  /** The jail that an agent works in. Throws AtomError `blocked` where it has none. */
  readonly jailOf: (agent: Agent | undefined) => JailSpec;
  readonly covers: Covers;
}
