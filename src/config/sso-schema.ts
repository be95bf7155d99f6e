import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isAddress, isLoopback } from '../base/address-list.ts';
import { type Issuer, markWords } from '../domain/identity.ts';

/** Nobody on the way may read or change what is asked there: with TLS, or on this machine. */
function isSafe(text: string): boolean {
  const url = /[\s\\?#]/.test(text) ? null : URL.parse(text);
  if (url?.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = isAddress(host) ? isLoopback(host) : /(^|\.)localhost$/.test(host);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

const word = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'a text without spaces');

/** Who vouches for users: an OpenID provider, asked for its keys alone. */
export const ssoSchema = z.strictObject({
  issuer: z
    .string()
    .max(500)
    .refine(isSafe, 'the address of an OpenID provider, such as https://login.example.com'),
  audience: word,
  keys: z
    .string()
    .max(1000)
    .refine(
      (text) => isAbsolute(text) || isSafe(text),
      'the https:// address of its keys (JWKS), or the absolute path of a file with them',
    )
    .exactOptional(),
});

/** As what the provider knows somebody. */
export const identitySchema = z.union(
  [
    z.strictObject({ subject: word }),
    z.strictObject({ email: word.regex(/^[^@]+@[^@]+$/).toLowerCase() }),
  ],
  { error: 'either {"subject": …} or {"email": …}, in ASCII' },
);

interface Settings {
  readonly sso?: Issuer | undefined;
  readonly users: Readonly<
    Record<string, { readonly identities: readonly z.output<typeof identitySchema>[] }>
  >;
}

/** What is wrong with who is known as whom, where this edition lets somebody be or not. */
export function identityFaults({ sso, users }: Settings, offered: boolean) {
  const named = Object.entries(users).flatMap(([name, { identities }]) =>
    identities.map((one, at) => ({ path: ['users', name, 'identities', at], as: markWords(one) })),
  );
  const fault = (path: readonly (string | number)[], message: string) => ({ path, message });
  if (!offered) {
    const used = [...(sso ? [['sso']] : []), ...named.slice(0, 1).map(({ path }) => path)];
    return used.map((path) => fault(path, ONLY_ENTERPRISE));
  }
  const [first] = named;
  if (!sso && first) return [fault(first.path, '`sso` to say which OpenID provider knows them')];
  return named
    .filter(({ as }) => named.filter((other) => other.as === as).length > 1)
    .map(({ path }) => fault(path, 'an identity that is named once, and in one user'));
}

const ONLY_ENTERPRISE =
  'nothing in this edition: identities of an OpenID provider are of the enterprise one (atom edition)';
