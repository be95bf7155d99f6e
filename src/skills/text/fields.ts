import { basename } from 'node:path';
import type { TextSkill } from '../../domain/text-skill.ts';
import { noteOn, wrongIn } from './decode.ts';
import type { Frontmatter } from './frontmatter.ts';
import { readNeeds, textsIn } from './needs.ts';

// The limits of agentskills.io.
const MOST_NAME = 64;
const MOST_DESCRIPTION = 1024;
const MOST_COMPATIBILITY = 500;

/** What the head of a `SKILL.md` says, checked. Throws AtomError `usage` where it cannot be used. */
export function readFields(folder: string, head: Frontmatter): Omit<TextSkill, 'digest'> {
  const { fields } = head;
  const { name, notes } = nameOf(folder, head);
  const description = textOf(fields.get('description'));
  if (description === undefined)
    throw wrongIn(
      head.lineOf('description'),
      fields.has('description') ? 'the description is no text.' : 'the description is missing.',
      'Write "description:" and what the skill does and when to use it, in one or two sentences.',
    );
  const metadata = fields.get('metadata');
  const needs = readNeeds(metadata);
  if (!needs)
    throw wrongIn(
      head.lineOf('metadata'),
      'what it needs (metadata) cannot be read.',
      'Write metadata as fields, such as: metadata: {"openclaw": {"requires": {"bins": ["git"]}}}',
    );
  return {
    name,
    description,
    needs,
    ...optional('version', textOf(fields.get('version')) ?? fromMetadata(metadata, 'version')),
    ...optional('license', textOf(fields.get('license'))),
    ...optional('compatibility', textOf(fields.get('compatibility'))),
    asksFor: toolsIn(fields.get('allowed-tools') ?? fields.get('allowed_tools')),
    forModels: textOf(fields.get('disable-model-invocation')) !== 'true',
    forPeople: textOf(fields.get('user-invocable')) !== 'false',
    notes: [...head.notes, ...notes, ...lengthNotes(head, description)],
  };
}

/** The folder's name is the skill's: it is what its owner sees, and there is only one of it. */
function nameOf(
  folder: string,
  { fields, lineOf }: Frontmatter,
): { readonly name: string; readonly notes: readonly string[] } {
  const own = basename(folder);
  const said = textOf(fields.get('name'));
  const name = slug(own);
  if (name === '')
    throw wrongIn(
      lineOf('name'),
      `its folder ${JSON.stringify(own)} has no name that can be typed.`,
      'Name the folder with a–z, 0–9 and -.',
    );
  if (name.length > MOST_NAME)
    throw wrongIn(
      lineOf('name'),
      `its name has ${name.length} characters; ${MOST_NAME} are allowed.`,
      'Give the folder and the field name a shorter one.',
    );
  const note = (what: string): string => noteOn(lineOf('name'), what);
  if (said === undefined)
    return { name, notes: [note(`the name is missing: write "name: ${name}".`)] };
  if (said !== own)
    return {
      name,
      notes: [
        note(
          `it calls itself ${JSON.stringify(said)}, but its folder is ${JSON.stringify(own)}; it is known as ${name}. Rename one of them.`,
        ),
      ],
    };
  return name === own
    ? { name, notes: [] }
    : { name, notes: [note(`a name is a–z, 0–9 and single -; it is known as ${name}.`)] };
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const lengthNotes = ({ fields, lineOf }: Frontmatter, description: string): readonly string[] => {
  const compatibility = textOf(fields.get('compatibility')) ?? '';
  const long = (field: string, text: string, most: number): readonly string[] =>
    text.length > most
      ? [
          noteOn(
            lineOf(field),
            `${field} has ${text.length} characters; ${most} are allowed: shorten it.`,
          ),
        ]
      : [];
  return [
    ...long('description', description, MOST_DESCRIPTION),
    ...long('compatibility', compatibility, MOST_COMPATIBILITY),
  ];
};

/** `Bash(git:*), Read` or `Bash(git add *) Read`: what is in brackets belongs together. */
function toolsIn(value: unknown): readonly string[] {
  if (typeof value !== 'string') return textsIn(value);
  return value.match(/[^\s,()]+(?:\([^)]*\))?/g) ?? [];
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

const fromMetadata = (metadata: unknown, field: string): string | undefined =>
  metadata instanceof Map ? textOf(metadata.get(field)) : undefined;

const optional = <K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
