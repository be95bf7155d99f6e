import { asAtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Skill } from '../../domain/skill.ts';
import type { ListedTextSkill } from '../../domain/text-skill.ts';
import type { Tool } from '../../domain/tool.ts';
import { AGENT_ASK } from '../ask-tool.ts';
import { addressedIn } from './agent-phrase.ts';
import { matchPattern } from './pattern.ts';
import { meaningOfExample } from './skill-phrases.ts';
import type { Template } from './template.ts';
import { templates } from './templates.ts';

/** What a message means: words to answer with, or one call to make. */
export type Meaning = { readonly say: string } | { readonly tool: string; readonly input: Json };

/** What there is to be meant. */
export interface Abilities {
  readonly tools: readonly Tool[];
  readonly skills: readonly Skill[];
  /** Lines about skills that cannot be used yet, for who asks which there are. */
  readonly waiting?: readonly string[];
  /** Skills of words, which are read instead of run. */
  readonly texts: readonly ListedTextSkill[];
}

/** What one of the templates, or of the skills’ examples, makes of a text; undefined where none fits. */
export function meaningOfPhrase(text: string, { tools, skills }: Abilities): Meaning | undefined {
  const addressed = addressedIn(text);
  if (addressed && tools.some(({ name }) => name === AGENT_ASK))
    return { tool: AGENT_ASK, input: addressed };
  if (addressed) return { say: 'There is no other agent that I may ask.' };
  for (const template of templates) {
    const slots = [...template.patterns, template.form]
      .map((pattern) => matchPattern(pattern, text))
      .find((found) => found !== undefined && template.fits?.(found, text) !== false);
    if (slots === undefined) continue;
    if (!hasTool(template, tools)) return { say: `I cannot ${template.says}: that part is off.` };
    return sayIfWrong(() => ({ tool: template.tool, input: template.input(slots) }));
  }
  return meaningOfExample(text, skills);
}

/** True where what the template calls is there to be called. */
export const hasTool = (template: Template, tools: readonly Tool[]): boolean =>
  tools.some((tool) => tool.name === template.tool);

/** A meaning, or the sentence of the AtomError that says why there is none. */
export function sayIfWrong(make: () => Meaning): Meaning {
  try {
    return make();
  } catch (thrown) {
    const error = asAtomError(thrown);
    return { say: [error.message, ...error.next].join('\n') };
  }
}
