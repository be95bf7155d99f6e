import type { Json } from '../../base/json.ts';
import { isUsable } from '../../domain/text-skill.ts';
import { shortened } from '../catalogue.ts';
import { skillToolName } from '../tools.ts';
import { type Abilities, hasTool } from './meaning.ts';
import { shortest } from './pattern.ts';
import { plannerCommands } from './slash.ts';
import { templates } from './templates.ts';
import { readMessage } from './words.ts';

/** Something that could have been meant. */
export interface Candidate {
  /** What would have to be said; words in capitals are still to be filled in. */
  readonly canonical: string;
  readonly says: string;
  /** True where the text itself is the command line. */
  readonly line?: boolean;
}

const OFFERED = 3;
/** Programs whose name opens a message that is more likely a command than a sentence. */
const PROGRAMS = [
  ...['cat', 'cp', 'date', 'df', 'diff', 'du', 'echo', 'file', 'find', 'git', 'grep', 'head', 'ls'],
  ...['make', 'mkdir', 'mv', 'node', 'npm', 'npx', 'ps', 'pwd', 'python', 'python3', 'rm', 'sed'],
  ...['sort', 'stat', 'tail', 'tar', 'touch', 'tree', 'uname', 'uniq', 'wc', 'which'],
];
/** Those of them that open a sentence as well. */
const ENGLISH = ['cat', 'date', 'file', 'find', 'head', 'make', 'sort', 'touch', 'which'];
/** Words that every sentence has: alike in them says nothing. */
const EMPTY_WORDS = [
  ...['a', 'an', 'the', 'this', 'that', 'it', 'is', 'are', 'be', 'do', 'does', 'and', 'or', 'not'],
  ...['to', 'of', 'in', 'on', 'at', 'for', 'with', 'from', 'by', 'what', 'which', 'who', 'how'],
  ...[
    'all',
    'any',
    'i',
    'me',
    'my',
    'you',
    'your',
    'we',
    'can',
    'could',
    'will',
    'would',
    'please',
    'about',
  ],
];

/** The (at most three) things nearest to a text, best first. The same text gives the same list. */
export async function nearest(text: string, abilities: Abilities): Promise<readonly Candidate[]> {
  const command = asCommand(text);
  const alike = await mostAlike(text, candidates(abilities));
  return (command === undefined ? alike : [command, ...alike]).slice(0, OFFERED);
}

/** The offer as it is sent. It never acts by itself: a number has to come back. */
export function offerText(offered: readonly Candidate[]): string {
  const lines = offered.map(({ canonical, says }, index) => `${index + 1}  ${canonical} — ${says}`);
  return ['I am not sure. Did you mean:', ...lines, '(answer with a number)'].join('\n');
}

/** Which of `count` things a text picks, from 0; undefined where it is not a number of one. */
export function pickOf(text: string, count: number): number | undefined {
  const word = text.trim();
  const picked = Array.from({ length: count }, (_, index) => String(index + 1));
  const index = picked.findIndex((number) => [number, `${number}.`, `${number})`].includes(word));
  return index < 0 ? undefined : index;
}

/** A command line that was sent without the word `run`. */
function asCommand(text: string): Candidate | undefined {
  const [first, ...rest] = readMessage(text).words;
  if (first === undefined || first.quoted || !PROGRAMS.includes(first.value)) return undefined;
  if (ENGLISH.includes(first.value) && rest.some(({ text: word }) => EMPTY_WORDS.includes(word)))
    return undefined;
  return { canonical: `run ${text.trim()}`, says: 'run it as a command', line: true };
}

async function mostAlike(text: string, all: readonly Indexed[]): Promise<readonly Candidate[]> {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch<{ id: number; words: string }>({
    fields: ['words'],
    tokenize: (words) => readMessage(words).words.map((word) => letters(word.text)),
    processTerm: (term) => (term === '' || EMPTY_WORDS.includes(term) ? null : term),
    searchOptions: {
      fuzzy: (term) => (term.length > 4 ? 0.25 : false),
      prefix: (term) => term.length > 3,
    },
  });
  index.addAll(all.map(({ words }, id) => ({ id, words })));
  return index
    .search(text)
    .toSorted((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
    .flatMap(({ id }) => all[Number(id)] ?? []);
}

interface Indexed extends Candidate {
  readonly words: string;
}

function candidates({ tools, skills, texts }: Abilities): readonly Indexed[] {
  const phrases = templates
    .filter((template) => hasTool(template, tools))
    .map(({ form, says, patterns }) => ({
      canonical: shortest(form),
      says,
      words: [form, says, ...patterns].join(' '),
    }));
  const slashes = plannerCommands.map(({ form, says }) => ({
    canonical: form,
    says,
    words: `${form} ${says}`,
  }));
  const covered = templates.map(({ tool }) => tool);
  const ofSkills = skills
    .filter(({ name }) => !covered.includes(skillToolName(name)))
    .map(({ name, description, examples, input }) => ({
      canonical: needsInput(input) ? `/skill ${name} JSON` : `/skill ${name}`,
      says: description,
      words: [name, description, ...examples].join(' '),
    }));
  // Of what nobody approved not a word is passed on.
  const ofTexts = texts
    .filter((skill) => isUsable(skill) && skill.forPeople)
    .map(({ name, description }) => ({
      canonical: `/skill ${name}`,
      says: shortened(description),
      words: `${name} ${description}`,
    }));
  return [...phrases, ...slashes, ...ofSkills, ...ofTexts];
}

/** True where a JSON Schema has something that must be given. */
const needsInput = (schema: Json): boolean =>
  schema !== null &&
  typeof schema === 'object' &&
  'required' in schema &&
  Array.isArray(schema.required) &&
  schema.required.length > 0;

/** A word without punctuation around or inside it. */
const letters = (word: string): string =>
  Array.from(word)
    .filter((char) => char.toLowerCase() !== char.toUpperCase() || (char >= '0' && char <= '9'))
    .join('');
