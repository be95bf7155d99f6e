import { readFile, stat } from 'node:fs/promises';
import { AtomError } from '../../base/errors.ts';
import type { Config } from '../../config/schema.ts';
import { type Claims, type Identity, type Issuer, isKnownAs } from '../../domain/identity.ts';
import type { Outside } from '../../domain/outside.ts';
import { type DeviceOwner, deviceOwner } from '../../domain/owned-device.ts';
import { readPrivateHost } from '../../domain/private-host.ts';
import type { User } from '../../domain/user.ts';
import { fetchServerText } from '../../net/server-text.ts';
import { createKeys, type Keys } from '../../trust/identity/keys.ts';
import { createVerifier } from '../../trust/identity/verify.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { Identify } from './parts.ts';

/** Of a document or a file of keys; those of the largest providers have some ten thousand. */
const MOST_BYTES = 256 * 1024;

/** The same, with all that it takes. */
export function openIdentify(
  { config, clock }: Pick<AtomOptions, 'config' | 'clock'>,
  { store, users }: Pick<Records, 'store' | 'users'>,
  outside: Outside,
): Identify {
  const keys = issuerKeys({ config, clock }, outside);
  const { verify } = createVerifier({ keys, store, clock });
  return async (token, nonce) => {
    // What was agreed to, and not what stands in the settings meanwhile.
    const issuer = issuerOf(users.list());
    const claims = await verify(token, { issuer, ...(nonce === undefined ? {} : { nonce }) });
    return ownerBy(users.list(), issuer, claims);
  };
}

/** The keys of an issuer: from its own document, or from where the settings say. */
export const issuerKeys = (
  { config, clock }: Pick<AtomOptions, 'clock'> & { readonly config: Pick<Config, 'net'> },
  outside: Outside,
): Keys =>
  createKeys({
    clock,
    readText: keyFile,
    fetchText: (url, home) => {
      const settings = {
        allow: [],
        plain: [],
        private: [...config.net.private, ...onMachine(home)],
      };
      return fetchServerText({ outside, settings }, { url, home, most: MOST_BYTES });
    },
  });

function issuerOf(users: readonly User[]): Issuer {
  const [first] = users.flatMap(({ identities = [] }) => identities);
  if (first) return issuerIn(first);
  throw new AtomError('credentials', 'Nobody is known here by an identity token.', {
    next: ['What it takes:   atom help users'],
  });
}

const issuerIn = ({ issuer, audience, keys }: Identity): Issuer => ({
  issuer,
  audience,
  ...(keys === undefined ? {} : { keys }),
});

const isSame = (one: Issuer, other: Issuer): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The one user of whom the token speaks. */
function ownerBy(users: readonly User[], issuer: Issuer, claims: Claims): DeviceOwner {
  const found = users.flatMap((user) =>
    (user.identities ?? [])
      .filter((identity) => isSame(issuerIn(identity), issuer) && isKnownAs(identity, claims))
      .map((identity): readonly [User, Identity] => [user, identity]),
  );
  const [first] = found;
  if (first && found.every(([user]) => user === first[0])) return deviceOwner(...first);
  if (first)
    throw new AtomError('credentials', 'The identity token speaks of two users at once.', {
      next: ['See who is known as what:   atom users list --json'],
    });
  const safe = /^[\x21-\x7e]{1,255}$/.test(claims.subject) ? claims.subject : undefined;
  throw new AtomError('credentials', 'The identity token speaks of nobody who is a user here.', {
    next:
      safe === undefined
        ? []
        : [`Where you know them:   atom users identify <name> --subject ${JSON.stringify(safe)}`],
  });
}

/** A provider of this machine needs no TLS; where it is otherwise, the settings do not let it be named. */
function onMachine(home: string): readonly string[] {
  const url = URL.parse(home);
  if (url?.protocol !== 'http:') return [];
  const host = `${url.hostname}:${url.port || '80'}`;
  return typeof readPrivateHost(host) === 'string' ? [] : [host];
}

async function keyFile(path: string): Promise<string> {
  const unreadable = (cause?: unknown): AtomError =>
    new AtomError('failed', `The keys of the OpenID provider could not be read from ${path}.`, {
      cause,
      next: ['Say where they are:   atom config set sso.keys <path>'],
    });
  try {
    const { size } = await stat(path);
    if (size <= MOST_BYTES) return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable();
}
