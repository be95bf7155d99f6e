import type { CryptoKey, JWSHeaderParameters, JWTPayload } from 'jose';
import type { Clock } from '../../base/clock.ts';
import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import type { Claims, Issuer } from '../../domain/identity.ts';
import type { Store } from '../../domain/store.ts';
import { spendToken } from '../../store/tables/spent-tokens.ts';
import type { Keys } from './keys.ts';

export interface VerifierDeps {
  readonly keys: Keys;
  readonly store: Store;
  readonly clock: Clock;
}

/** Reads the ID tokens of an OpenID provider; each is good once. */
export interface Verifier {
  /**
   * Whom a token speaks of. `nonce`: what the token must have been asked for with. Throws AtomError `credentials`
   * for one that is not good, `failed` or `blocked` where the issuer's keys cannot be had. Repeats nothing of it.
   */
  verify(
    token: string,
    wanted: { readonly issuer: Issuer; readonly nonce?: string },
  ): Promise<Claims>;
}

/** Signatures by a key that only the issuer has: no `none`, and no secret that two share. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Clocks of two machines differ by so much. */
const SKEW_S = 60;
/** However long an issuer lets its tokens live. */
const MOST_AGE_S = 3600;

export function createVerifier({ keys, store, clock }: VerifierDeps): Verifier {
  return {
    verify: async (token, { issuer, nonce }) => {
      const payload = await signedBy(keys, token, { issuer, now: clock.now() });
      requireForUs(payload, issuer.audience);
      if (nonce !== undefined && payload.nonce !== nonce)
        throw notGood('it was not asked for by this device (its nonce is another one)');
      const { sub: subject = '', iat = 0, email } = payload;
      const until = (iat + MOST_AGE_S + SKEW_S) * 1000;
      // Of what was signed alone: a signature can often be written in another way.
      const hash = sha256(token.slice(0, token.lastIndexOf('.')));
      if (!(await store.tx((sql) => spendToken(sql, { hash, until, now: clock.now() }))))
        throw notGood('it was used before');
      return payload.email_verified === true && typeof email === 'string'
        ? { subject, email }
        : { subject };
    },
  };
}

interface Wanted {
  readonly issuer: Issuer;
  readonly now: number;
}

/** The claims of a token that the issuer signed for this client, and that is neither too old nor too new. */
async function signedBy(keys: Keys, token: string, { issuer, now }: Wanted): Promise<JWTPayload> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  const keyFor = async (header: JWSHeaderParameters): Promise<CryptoKey> => {
    const among = async (fresh: boolean) =>
      createLocalJWKSet(await keys.read(issuer, fresh))(header);
    return among(false).catch((error: unknown) => {
      // Issuers change their keys: one that is not known may be new.
      if (error instanceof errors.JWKSNoMatchingKey) return among(true);
      throw error;
    });
  };
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keyFor, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_S,
      maxTokenAge: MOST_AGE_S,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    // Tokens for other ends, such as `at+jwt`, say so.
    if ((protectedHeader.typ ?? 'JWT').toUpperCase() !== 'JWT') throw notGood('it is no ID token');
    return payload;
  } catch (error) {
    if (error instanceof AtomError) throw error;
    throw notGood(error instanceof errors.JOSEError ? reasonOf(error) : 'it cannot be read');
  }
}

/** Throws where the token is for several clients, or was given to another one. */
function requireForUs({ sub, aud, azp }: JWTPayload, audience: string): void {
  if (typeof sub !== 'string' || sub === '') throw notGood('it speaks of nobody');
  const isShared = Array.isArray(aud) && aud.length > 1;
  if ((isShared || azp !== undefined) && azp !== audience)
    throw notGood('it was given to another client');
}

/** In words, by what the library calls it; claims are of those that were asked about. */
function reasonOf(error: { readonly code: string; readonly claim?: unknown }): string {
  if (error.code === 'ERR_JWT_EXPIRED') return 'it is too old';
  if (error.code === 'ERR_JWT_CLAIM_VALIDATION_FAILED')
    return CLAIMS[String(error.claim)] ?? 'it lacks something that it must say';
  return REASONS[error.code] ?? 'it cannot be read';
}

const CLAIMS: Readonly<Record<string, string>> = {
  iss: 'it is of another issuer',
  aud: 'it is for another client',
  nbf: 'it is not good yet',
  iat: 'it says a wrong time of its making',
};

const REASONS: Readonly<Record<string, string>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'it is not signed in a way that is taken',
  ERR_JOSE_NOT_SUPPORTED: 'it is not signed in a way that is taken',
  ERR_JWKS_NO_MATCHING_KEY: 'the issuer has no such key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'it does not say with which key it is signed',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'its signature is wrong',
};

const notGood = (why: string): AtomError =>
  new AtomError('credentials', `The identity token is not good: ${why}.`, {
    next: ['Sign in again there, and bring the new token.'],
  });
