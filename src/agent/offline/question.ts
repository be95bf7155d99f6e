import { shortest, slotsOf } from './pattern.ts';
import { plannerCommands } from './slash.ts';
import type { Template } from './template.ts';
import { templates } from './templates.ts';

/** What to ask before a choice can be acted on; undefined where it lacks nothing. */
export function questionFor(canonical: string): string | undefined {
  const template = templates.find(({ form }) => shortest(form) === canonical);
  if (template !== undefined) return questionOf(template);
  const command = plannerCommands.find(({ form }) => form === canonical);
  if (command !== undefined) return command.asks;
  if (!canonical.endsWith(' JSON')) return undefined;
  const whole = canonical.replace(/JSON$/, '{}');
  return `What does the skill get, as JSON? Say it whole, for example: ${whole}`;
}

/** The template that asked a question of `questionFor` and takes the answer as its one slot. */
export const templateAsking = (question: string): Template | undefined =>
  templates.find(
    (template) => slotsOf(template.form).length === 1 && questionOf(template) === question,
  );

/** Where a name is asked for, a sentence is none: one with spaces is in quotes or has a dot. */
export function isAnswer({ form }: Template, answer: string): boolean {
  const [slot = ''] = slotsOf(form);
  const text = answer.trim();
  return !NAMES.includes(slot) || !text.includes(' ') || text.startsWith('"') || text.includes('.');
}

const NAMES = ['PATH', 'FILE'];

/** The template's form with its slot filled in. */
export function fillIn({ form }: Template, answer: string): string {
  const [slot] = slotsOf(form);
  const text = answer.trim();
  // Who is asked for a file and says one word means a file by it.
  const isName = slot === 'FILE' || (slot === 'PATH' && text.includes(' '));
  const value = isName && !text.startsWith('"') ? `"${text}"` : text;
  return shortest(form)
    .split(' ')
    .map((word) => (word === slot ? value : word))
    .join(' ');
}

function questionOf(template: Template): string | undefined {
  const slots = slotsOf(template.form);
  if (slots.length === 0) return undefined;
  const asks = template.asks ?? 'What of it?';
  if (slots.length === 1 && NAMES.includes(slots[0] ?? '')) {
    const whole = fillIn(template, 'my notes');
    return `${asks} Say just its name, or all of it. Put names with spaces in quotes: ${whole}`;
  }
  const [first] = template.examples.at(0) ?? [template.form];
  const [last] = template.examples.at(-1) ?? [template.form];
  return slots.length === 1
    ? `${asks} Say just that, or all of it, for example: ${first}`
    : `${asks} Say it whole. Put names with spaces in quotes: ${last}`;
}
