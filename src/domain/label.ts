import { visible } from '../base/visible.ts';

/** Where the words in a turn's window came from, best first. */
export const integrities = ['owner', 'local', 'untrusted'] as const;
export type Integrity = (typeof integrities)[number];

/** Who may read them, most open first. */
export const confidentialities = ['public', 'private', 'secret'] as const;
export type Confidentiality = (typeof confidentialities)[number];

export interface Labels {
  readonly integrity: Integrity;
  readonly confidentiality: Confidentiality;
}

/** A label and, in words, what brought it in: `notes.txt`, `the skill weather`. */
export interface Sourced {
  readonly labels: Labels;
  readonly source?: string;
}

/** The label of an empty window: the owner has said nothing yet, and nothing is private. */
export const cleanLabels: Labels = { integrity: 'owner', confidentiality: 'public' };

/** The join of two labels: the worse integrity, the stricter confidentiality. */
export const joinLabels = (a: Labels, b: Labels): Labels => ({
  integrity: later(integrities, a.integrity, b.integrity),
  confidentiality: later(confidentialities, a.confidentiality, b.confidentiality),
});

/** The label of what nothing is known about. */
export const worstLabels: Labels = { integrity: 'untrusted', confidentiality: 'secret' };

/** True for words of strangers and for secrets: what must be remembered of a file that holds them. */
export const isGuarded = ({ integrity, confidentiality }: Labels): boolean =>
  integrity === 'untrusted' || confidentiality === 'secret';

const MOST_SOURCE = 60;

/** What brought something in, short and safe to draw. */
export function sourceText(raw: string): string {
  const text = visible(raw);
  return text.length <= MOST_SOURCE ? text : `${text.slice(0, MOST_SOURCE - 1).toWellFormed()}…`;
}

const later = <T>(order: readonly T[], a: T, b: T): T =>
  order.indexOf(a) > order.indexOf(b) ? a : b;
