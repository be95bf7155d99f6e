import { visible } from '../../base/visible.ts';
import type { TextSkill } from '../../domain/text-skill.ts';

const MOST = 10;

/**
 * What a skill of words asks for, in sentences for a card. Asking is all that it can do: each command that
 * it leads to is decided like any other.
 */
export function requestWords({ asksFor, needs }: TextSkill): readonly string[] {
  const tools = asksFor.map(visible);
  const more = tools.length > MOST ? ` and ${tools.length - MOST} more` : '';
  const env = needs.env.map(visible).join(', ');
  return [
    ...(tools.length === 0
      ? []
      : [`it asks to use ${tools.slice(0, MOST).join(', ')}${more}, which gives it nothing`]),
    ...(env === '' ? [] : [`it speaks of the variables ${env}, which no command is given`]),
  ];
}
