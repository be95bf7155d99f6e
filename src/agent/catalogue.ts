import { visible } from '../base/visible.ts';
import { isUsable, type ListedTextSkill } from '../domain/text-skill.ts';

/** Of one description: what it is for and when to use it fits in. */
const MOST_WORDS = 300;
/** Of all of them together: about 2,500 tokens in every prompt. */
const MOST_TEXT = 10_000;

/**
 * The skills of words that a model may read, one a line: only what the owner approved and what can be used
 * here. Those that do not fit any more are named without their words.
 */
export function catalogue(skills: readonly ListedTextSkill[]): readonly string[] {
  const usable = skills.filter((skill) => isUsable(skill) && skill.forModels);
  if (usable.length === 0) return [];
  const lines: string[] = [];
  const left: string[] = [];
  let length = 0;
  for (const { name, description } of usable) {
    const line = `- ${name}: ${shortened(description)}`;
    length += line.length;
    if (length <= MOST_TEXT) lines.push(line);
    else left.push(name);
  }
  return [
    'Before a task that one of these skills is for, read it with skill_read and do it as it says. It may speak of tools of other programs: use yours.',
    ...lines,
    ...(left.length === 0 ? [] : [`- More skills, without their words: ${namesOf(left)}`]),
  ];
}

function namesOf(names: readonly string[]): string {
  const text = names.join(', ');
  return text.length <= MOST_TEXT / 4 ? text : `${text.slice(0, MOST_TEXT / 4)}…`;
}

/** A description in one line that is safe to draw. */
export function shortened(description: string): string {
  const text = visible(description.replaceAll(/\s+/g, ' ').trim());
  return text.length <= MOST_WORDS ? text : `${text.slice(0, MOST_WORDS - 1).toWellFormed()}…`;
}

/** What people are told of one: its own words only where they were approved. */
export function textSkillWords(skill: ListedTextSkill): string {
  if (!skill.approved) return 'waits for your approval';
  const [missing] = skill.missing;
  const words = shortened(skill.description);
  return missing === undefined ? words : `${words} (not usable here: ${missing})`;
}
