/** What can be looked at and may be somebody's own. */
export interface Belonging {
  readonly kind: 'talk' | 'memory' | 'approval' | 'post';
  /** Name of the user that it belongs to; undefined for what is the owner's, or of people without a user. */
  readonly of: string | undefined;
  /** Of a post: whoever it belongs to shares their feed. */
  readonly shared?: boolean;
}

/** Who looks. */
export interface Viewer {
  /** Name of the user; undefined for the owner. */
  readonly user?: string | undefined;
  /** Whose things the owner asks for by name. */
  readonly at?: string | undefined;
}

/** Whoever asks, as who looks; `at`: the user whose things the owner asks for by name. */
export const viewerOf = ({ user }: Pick<Viewer, 'user'>, at?: string): Viewer =>
  user === undefined ? { at } : { user };

/** What the owner answers for: cards are answered, and agents looked after, for whomever they work. */
const LOOKED_AFTER: readonly Belonging['kind'][] = ['approval', 'post'];

/**
 * The one rule of who sees what. A user sees their own and what others share, and nothing of the owner's. The
 * owner sees all that has to be looked after; what others talk about and have remembered only where they ask
 * for it by the name of whose it is.
 */
export function visibleTo({ user, at }: Viewer, { kind, of, shared }: Belonging): boolean {
  if (user !== undefined) return of === user || (kind === 'post' && shared === true);
  if (at !== undefined) return of === at;
  return of === undefined || LOOKED_AFTER.includes(kind);
}
