import type { Agent } from '../../domain/agent.ts';
import type { ListedTextSkill } from '../../domain/text-skill.ts';

/** True where an agent may use a skill of words; without one it is the owner. A jail's are for who works in it. */
export const mayUseText = (
  { name, jail }: Pick<ListedTextSkill, 'name' | 'jail'>,
  agent: Pick<Agent, 'skills' | 'workspace'> | undefined,
): boolean =>
  agent === undefined ||
  ((agent.skills === undefined || agent.skills.includes(name)) &&
    (jail === undefined || jail === agent.workspace));
