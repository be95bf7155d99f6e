/** An OpenID provider that vouches for people, and as which of its clients atom is known there. */
export interface Issuer {
  /** Its address, as it calls itself; what it keeps is below it. */
  readonly issuer: string;
  /** The id of the client that its tokens must be for. */
  readonly audience: string;
  /** Where its keys are, where its own document does not say: an `https://` address, or an absolute path. */
  readonly keys?: string;
}

/** How the provider knows somebody: by its own name for them, which nobody else ever gets, or by an address. */
export type Mark = { readonly subject: string } | { readonly email: string };

/** Somebody as one provider knows them. */
export type Identity = Issuer & Mark;

/** What a provider's token says of somebody, verified; `email` only where the provider verified it, too. */
export interface Claims {
  readonly subject: string;
  readonly email?: string;
}

/** `subject 2482 at https://login.example.com`, for people. */
export const identityWords = (identity: Identity): string =>
  `${markWords(identity)} at ${identity.issuer}`;

/** Everything that makes an identity what it is, as one text: two that differ are two. */
export const identityText = ({ issuer, audience, keys, ...mark }: Identity): string =>
  JSON.stringify([issuer, audience, keys ?? null, markWords(mark)]);

/** `subject 2482`, `email dana@example.com`. */
export const markWords = (mark: Mark): string =>
  'subject' in mark ? `subject ${mark.subject}` : `email ${mark.email}`;

/** The same without the provider, as the settings have it. */
export const markOf = (mark: Mark): Mark =>
  'subject' in mark ? { subject: mark.subject } : { email: mark.email };

/** True where a token speaks of that somebody. */
export const isKnownAs = (mark: Mark, { subject, email }: Claims): boolean =>
  'subject' in mark ? mark.subject === subject : email !== undefined && mark.email === plain(email);

/** Of ASCII alone: other scripts have letters that become one of a to z when they are made small. */
const plain = (email: string): string | undefined =>
  /^[\x21-\x7e]+$/.test(email) ? email.toLowerCase() : undefined;
