import { shellWord } from '../base/shell-word.ts';
import { unmix, visible } from '../base/visible.ts';
import { splitJail } from './path-pattern.ts';
import { noPermissions, type SkillPermissions } from './skill.ts';

/**
 * What a skill may touch, one thing a line, safe to look at. Two permissions differ where their lines do,
 * so what a change gains or loses is a difference of lines.
 */
export const permissionWords = (permissions: SkillPermissions): readonly string[] => [
  ...reachWords(permissions.files, 'all files of the jail it works in'),
  ...permissions.fs.read.map((pattern) => `read ${patternWords(pattern)}`),
  ...permissions.fs.write.map((pattern) => `write ${patternWords(pattern)}`),
  ...permissions.net.map((host) => `speak to ${shown(host)}`),
  ...permissions.commands.map((argv) => `ask to run ${shown(argv.map(shellWord).join(' '))} …`),
  ...permissions.secrets.map((name) => `be given the secret ${shown(name)}`),
  ...reachWords(permissions.memory, 'the memory of the agent'),
  ...(permissions.reminders ? ['write reminders to the chat that it is called in'] : []),
];

/** What `after` may touch that `before` might not. */
export const gained = (before: SkillPermissions, after: SkillPermissions): readonly string[] => {
  const had = permissionWords(before);
  return permissionWords(after).filter((line) => !had.includes(line));
};

/** What all of them may touch together. */
export const together = (all: readonly SkillPermissions[]): SkillPermissions =>
  all.reduce(
    (one, other) => ({
      files: further(one.files, other.files),
      fs: {
        read: union(one.fs.read, other.fs.read),
        write: union(one.fs.write, other.fs.write),
      },
      net: union(one.net, other.net),
      commands: [...one.commands, ...other.commands],
      secrets: union(one.secrets, other.secrets),
      memory: further(one.memory, other.memory),
      ...(one.reminders || other.reminders ? { reminders: true } : {}),
    }),
    noPermissions,
  );

type Reach = SkillPermissions['files'];
const REACHES: readonly Reach[] = ['none', 'read', 'write'];
const further = (a: Reach, b: Reach): Reach => (REACHES.indexOf(a) > REACHES.indexOf(b) ? a : b);
const union = (a: readonly string[], b: readonly string[]): readonly string[] => [
  ...new Set([...a, ...b]),
];

const reachWords = (reach: 'none' | 'read' | 'write', what: string): readonly string[] =>
  ({ none: [], read: [`read ${what}`], write: [`read ${what}`, `change ${what}`] })[reach];

function patternWords(pattern: string): string {
  const { jail, path } = splitJail(pattern);
  return jail === undefined
    ? `${shown(path)} in the jail it works in`
    : `${shown(path)} in the jail ${jail}`;
}

const shown = (text: string): string => unmix(visible(text));
