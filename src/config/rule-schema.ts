import { z } from 'zod';
import { shellWord } from '../base/shell-word.ts';
import { actionNames } from '../domain/action-names.ts';
import { type Rule, ruleConditions } from '../domain/rule.ts';
import { wrongExamples } from '../domain/rule-words.ts';
import { nearest } from './nearest.ts';

const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const BETWEEN = new RegExp(`^(${CLOCK})-(?!\\1)${CLOCK}$`);

const text = z.string().min(1, 'at least one character');
const words = z.array(z.string());

/** One rule as a person writes it. Its examples are tried: one that does not hold is an error. */
const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'a short name of a–z, 0–9, - and _, such as no-push'),
    verdict: z.enum(['ask', 'deny']),
    reason: text.max(200),
    action: z
      .string()
      .refine((name) => actionNames.includes(name), { error: ({ input }) => knownActions(input) })
      .optional(),
    program: text
      .refine((name) => !name.includes('/'), 'a program by its name alone, such as git')
      .optional(),
    args: words.optional(),
    agent: text.optional(),
    jail: text.optional(),
    channel: text.optional(),
    sender: text.optional(),
    between: z
      .string()
      .regex(BETWEEN, 'two different times of day, such as 22:00-07:00')
      .optional(),
    match: z.array(words.min(1)).optional(),
    notMatch: z.array(words.min(1)).optional(),
  })
  .superRefine((rule, context) => {
    const message = 'at least one condition: a rule without any would hold for everything';
    if (ruleConditions.every((condition) => rule[condition] === undefined))
      context.addIssue({ code: 'custom', message });
    for (const { list, at, words: example } of wrongExamples(rule))
      context.addIssue({
        code: 'custom',
        path: [list, at],
        message: exampleWords(rule, list, example),
      });
  });

/** All rules of a profile. Two may not share a name. */
export const rulesSchema = z.array(ruleSchema).superRefine((rules, context) => {
  rules.forEach(({ name }, at) => {
    if (rules.findIndex((other) => other.name === name) === at) return;
    context.addIssue({
      code: 'custom',
      path: [at, 'name'],
      message: 'a name that no other rule has',
    });
  });
});

function knownActions(given: unknown): string {
  const meant = nearest(String(given), actionNames);
  return meant ? `an action of atom; did you mean "${meant}"?` : actionNames.join(' or ');
}

function exampleWords(
  { name, program, args }: Rule,
  list: 'match' | 'notMatch',
  example: readonly string[],
): string {
  const pattern = [program ?? '(any program)', ...(args ?? ['**'])].map(shellWord).join(' ');
  const does = list === 'match' ? 'fits' : 'does not fit';
  return `a command that the rule "${name}" (${pattern}) ${does}, unlike ${example.map(shellWord).join(' ')}`;
}
