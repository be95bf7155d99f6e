import type { Abilities } from './meaning.ts';
import { hasTool } from './meaning.ts';
import { shortest } from './pattern.ts';
import { commands } from './slash.ts';
import { templates } from './templates.ts';
import { readMessage } from './words.ts';

/** Something that could have been meant. */
export interface Candidate {
  /** What would have to be said; words in capitals are still to be filled in. */
  readonly canonical: string;
  readonly says: string;
}

const OFFERED = 3;
/** Words that every sentence has: alike in them says nothing. */
const EMPTY_WORDS = [
  ...['a', 'an', 'the', 'this', 'that', 'it', 'is', 'are', 'be', 'do', 'does', 'and', 'or', 'not'],
  ...['to', 'of', 'in', 'on', 'at', 'for', 'with', 'from', 'by', 'what', 'which', 'who', 'how'],
  ...['i', 'me', 'my', 'you', 'your', 'we', 'can', 'could', 'will', 'would', 'please', 'about'],
];

/** The (at most three) things nearest to a text, best first. The same text gives the same list. */
export async function nearest(text: string, abilities: Abilities): Promise<readonly Candidate[]> {
  const { default: MiniSearch } = await import('minisearch');
  const all = candidates(abilities);
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
    .slice(0, OFFERED)
    .flatMap(({ id }) => all[Number(id)] ?? []);
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

interface Indexed extends Candidate {
  readonly words: string;
}

function candidates({ tools, skills }: Abilities): readonly Indexed[] {
  const phrases = templates
    .filter((template) => hasTool(template, tools))
    .map(({ form, says, patterns, examples }) => ({
      canonical: shortest(form),
      says,
      words: [form, says, ...patterns, ...examples.map(([example]) => example)].join(' '),
    }));
  const slashes = Object.values(commands).map(({ form, says }) => ({
    canonical: form,
    says,
    words: `${form} ${says}`,
  }));
  const ofSkills = skills.map(({ name, description, examples }) => ({
    canonical: `/skill ${name}`,
    says: description,
    words: [name, description, ...examples].join(' '),
  }));
  return [...phrases, ...slashes, ...ofSkills];
}

/** A word without punctuation around or inside it. */
const letters = (word: string): string =>
  Array.from(word)
    .filter((char) => char.toLowerCase() !== char.toUpperCase() || (char >= '0' && char <= '9'))
    .join('');
