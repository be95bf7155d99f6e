import { sameText, sha256 } from '../../base/digest.ts';
import { randomKey } from '../../base/ids.ts';

/** An agent elsewhere that was let in. */
export interface Remote {
  readonly name: string;
  /** SHA-256 of its token, in hex. */
  readonly tokenHash: string;
}

/** A token for one of them; only its hash is kept. */
export const newToken = (): string => `a2a_${randomKey().toString('base64url')}`;

export const hashOfToken = (token: string): string => sha256(token);

/** Whose token a request carries. Each is compared, so that it takes the same time whosever it is. */
export function remoteOf(
  remotes: readonly Remote[],
  authorization: string | undefined,
): Remote | undefined {
  const [, token = ''] = /^Bearer ([\w-]{20,100})$/i.exec(authorization ?? '') ?? [];
  const hash = hashOfToken(token);
  return remotes.filter(({ tokenHash }) => sameText(tokenHash, hash))[0];
}
