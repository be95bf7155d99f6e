import { visible } from '../../base/visible.ts';
import type { SkillNeeds } from '../../domain/text-skill.ts';

/** What this machine has of what skills need. */
export interface Here {
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly system: string;
  /** True where commands of a jail find it. */
  readonly hasProgram: (name: string) => boolean;
  /** True where it is set; nobody asks for its value. */
  readonly hasVariable: (name: string) => boolean;
}

/** What keeps a skill from being of use here, and what to do, one a sentence. */
export const missingOf = (
  { programs, oneOf, env, settings, systems }: SkillNeeds,
  { system, hasProgram, hasVariable }: Here,
): readonly string[] => [
  ...(systems.length > 0 && !systems.includes(system)
    ? [`It is for ${listed(systems)}; this is ${system}.`]
    : []),
  ...programs
    .filter((name) => !hasProgram(name))
    .map((name) => `It needs ${quoted(name)}, not found: install it, then ask again.`),
  ...(oneOf.length > 0 && !oneOf.some(hasProgram)
    ? [`It needs one of ${listed(oneOf)}, none found: install one, then ask again.`]
    : []),
  ...env
    .filter((name) => !hasVariable(name))
    .map(
      (name) =>
        `It needs the variable ${quoted(name)}, not set: set it where atom is started, then start it again.`,
    ),
  ...settings.map(
    (name) => `It needs the setting ${quoted(name)} of another program, which atom does not have.`,
  ),
];

const quoted = (name: string): string => `\`${visible(name)}\``;
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');
