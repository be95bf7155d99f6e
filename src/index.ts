export type { Json } from './base/json.ts';
export {
  type ChannelDefinition,
  type ChannelLine,
  defineChannel,
  type Health,
  type IncomingMessage,
  NotSent,
  type OutgoingMessage,
} from './channels/own/define.ts';
export type { Complexity } from './domain/complexity.ts';
export type { Skill, SkillPermissions } from './domain/skill.ts';
export { defineSkill, type SkillContext, type SkillDefinition } from './skills/define.ts';
export type { SkillTest } from './skills/skill-test.ts';
