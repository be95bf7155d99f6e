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

/** The label of an empty window: the owner has said nothing yet, and nothing is private. */
export const cleanLabels: Labels = { integrity: 'owner', confidentiality: 'public' };

/** The join of two labels: the worse integrity, the stricter confidentiality. */
export const joinLabels = (a: Labels, b: Labels): Labels => ({
  integrity: later(integrities, a.integrity, b.integrity),
  confidentiality: later(confidentialities, a.confidentiality, b.confidentiality),
});

const later = <T>(order: readonly T[], a: T, b: T): T =>
  order.indexOf(a) > order.indexOf(b) ? a : b;
