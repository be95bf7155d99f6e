import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import type { Covers } from '../domain/undo.ts';
import type { LoadedSkill } from './load.ts';
import type { DeskDeps } from './runtime/desk.ts';
import type { SkillHost } from './runtime/host.ts';
import type { Pool } from './runtime/pool.ts';

/** What calls of skills are made with. */
export interface SkillCallDeps extends DeskDeps {
  readonly host: SkillHost;
  readonly pool: Pool;
  /** Those loaded now. */
  readonly skills: () => readonly LoadedSkill[];
  /** The jail that an agent works in. Throws AtomError `blocked` where it has none. */
  readonly jailOf: (agent: Agent | undefined) => JailSpec;
  readonly covers: Covers;
}
