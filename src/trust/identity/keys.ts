import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Issuer } from '../../domain/identity.ts';

export interface KeyDeps {
  /**
   * The text of a JSON document of the place `home` names, from there and nowhere else. Throws AtomError
   * `blocked` or `failed`.
   */
  readonly fetchText: (url: string, home: string) => Promise<string>;
  /** The text of a file of the owner's. Throws AtomError `failed`. */
  readonly readText: (path: string) => Promise<string>;
  readonly clock: Clock;
}

/** The keys that an issuer signs with, looked up where they are. */
export interface Keys {
  /** `fresh`: not those that are known, unless they were fetched a moment ago. Throws AtomError `failed`, `blocked`. */
  read(issuer: Issuer, fresh?: boolean): Promise<JSONWebKeySet>;
}

/** A key that is void is gone from here by then. */
const KEPT_MS = 600_000;
/** Tokens that name keys which there are not must not have the issuer asked without end. */
const AGAIN_MS = 30_000;
const MOST_KEYS = 100;

export function createKeys(deps: KeyDeps): Keys {
  let known: { readonly of: string; readonly at: number; readonly set: JSONWebKeySet } | undefined;
  return {
    read: async (issuer, fresh = false) => {
      const [of, now] = [JSON.stringify(issuer), deps.clock.now()];
      const age = known?.of === of ? Math.abs(now - known.at) : Number.POSITIVE_INFINITY;
      if (known && age < (fresh ? AGAIN_MS : KEPT_MS)) return known.set;
      const set = await fetched(deps, issuer);
      known = { of, at: now, set };
      return set;
    },
  };
}

async function fetched(deps: KeyDeps, issuer: Issuer): Promise<JSONWebKeySet> {
  const { keys } = issuer;
  if (keys?.startsWith('/')) return keySet(await deps.readText(keys), keys);
  const url = keys ?? (await discovered(deps, issuer));
  return keySet(await deps.fetchText(url, keys ?? issuer.issuer), url);
}

/** Where the issuer's own document says that its keys are. */
async function discovered({ fetchText }: KeyDeps, { issuer }: Issuer): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = objectOf(await fetchText(url, issuer), url);
  if (found.issuer !== issuer)
    throw new AtomError('failed', `What is at ${issuer} calls itself something else.`, {
      next: [`Name it as it does:   atom config set sso.issuer <address>`],
    });
  const place = typeof found.jwks_uri === 'string' ? found.jwks_uri : '';
  if (URL.parse(place)?.origin === URL.parse(issuer)?.origin) return place;
  throw new AtomError(
    'blocked',
    `${issuer} says that its keys are somewhere else: ${visible(place.slice(0, 200)) || 'nowhere'}.`,
    {
      next: ['Where that is right, name the place yourself:   atom config set sso.keys <address>'],
    },
  );
}

function keySet(text: string, from: string): JSONWebKeySet {
  const { keys } = objectOf(text, from);
  const all = Array.isArray(keys) ? keys : [];
  if (all.length > 0 && all.length <= MOST_KEYS && all.every(isObject)) return { keys: all };
  throw new AtomError('failed', `What is at ${from} is no list of keys (JWKS).`);
}

function objectOf(text: string, from: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new AtomError('failed', `What is at ${from} is no JSON document.`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
