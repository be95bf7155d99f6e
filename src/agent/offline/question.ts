import { shortest, slotsOf } from './pattern.ts';
import { commands } from './slash.ts';
import { type Template, templates } from './templates.ts';

/** What to ask before a choice can be acted on; undefined where it lacks nothing. */
export function questionFor(canonical: string): string | undefined {
  const template = templates.find(({ form }) => shortest(form) === canonical);
  if (template !== undefined) return questionOf(template);
  const command = Object.values(commands).find(({ form }) => form === canonical);
  const lacks = command === undefined ? canonical.endsWith(' JSON') : canonical.includes(' ');
  return lacks ? `Say it whole: ${canonical}` : undefined;
}

/** The template that asked a question of `questionFor` and takes the answer as its one slot. */
export const templateAsking = (question: string): Template | undefined =>
  templates.find((template) => template.asks !== undefined && questionOf(template) === question);

/** The template's form with its slot filled in. */
export function fillIn({ form }: Template, answer: string): string {
  const [slot] = slotsOf(form);
  const text = answer.trim();
  const spaced = text.includes(' ') && !text.startsWith('"');
  const value = slot === 'PATH' && spaced ? `"${text}"` : text;
  return shortest(form)
    .split(' ')
    .map((word) => (word === slot ? value : word))
    .join(' ');
}

function questionOf(template: Template): string | undefined {
  const slots = slotsOf(template.form);
  if (slots.length === 0) return undefined;
  const [example] = template.examples;
  const whole = example === undefined ? template.form : example[0];
  return template.asks === undefined
    ? `Say it whole, for example: ${whole}`
    : `${template.asks} Say just that, or all of it, for example: ${whole}`;
}
