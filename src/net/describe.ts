import { mac } from '../base/digest.ts';
import { randomKey } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Prepared } from '../domain/action.ts';
import type { CardFacts } from '../domain/card.ts';
import { isSecretHeader } from '../domain/secret-header.ts';
import type { Hosts } from './hosts.ts';
import { placeWords, type Target } from './place.ts';
import { handsOver, isLook, NOT_SHOWN, type Wish } from './wish.ts';

/** What is asked for, and where it leads. */
export interface Asked {
  readonly wish: Wish;
  readonly target: Target;
}

/** Of this process alone: what a hidden header holds cannot be guessed from what is bound to it. */
const key = randomKey();

/** What a request would do, for whoever decides: nobody is spoken to. Headers that hold keys are hidden. */
export function describe({ wish, target }: Asked, hosts: Hosts): Prepared {
  const host = placeWords(target);
  const listed = hosts.isAllowed(target);
  const sends = handsOver(wish);
  const headers = Object.fromEntries(
    Object.entries(wish.headers).map(([name, value]) => [name, shown(name, value)]),
  );
  const { method, body, form, only } = wish;
  return {
    resource: {
      url: target.url,
      method,
      form,
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
      ...(only === undefined ? {} : { only: [...only] }),
    },
    facts: {
      listed,
      settings: hosts.settings as unknown as Json,
      hidden: Object.entries(wish.headers)
        .filter(([name]) => isSecretHeader(name))
        .map(([name, value]) => mac(key, `${name}: ${value}`, 32)),
    },
    declared: gravity(wish, host, listed),
    // As it was asked for: the owner may have written it just so.
    targets: [wish.url],
    source: host,
    leaves: 'people',
    ...(sends ? { sends } : {}),
    ...(listed ? {} : { asks: `${host} is not among the hosts that you allowed (net.allow)` }),
    card: cardOf({ wish: { ...wish, headers }, target }),
  };
}

function gravity(
  { method }: Wish,
  host: string,
  listed: boolean,
): NonNullable<Prepared['declared']> {
  if (method === 'DELETE')
    return { complexity: 4, why: `deletes something at ${host}, which nothing takes back` };
  if (!isLook(method))
    return { complexity: 3, why: `sends something to ${host}, which nothing takes back` };
  return listed
    ? { complexity: 1, why: `looks at ${host}, which you allowed` }
    : { complexity: 3, why: `tells ${host} an address, which nothing takes back` };
}

function cardOf({ wish, target }: Asked): CardFacts {
  const { method, headers, body } = wish;
  const host = placeWords(target);
  const what = isLook(method) ? 'this address' : 'this address and what is below';
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const parts = [...lines, ...(body === undefined ? [] : ['', body])];
  return {
    kind: 'network',
    words: [`${method} ${target.url}`],
    may: [
      `tell ${host} ${what}${target.secure ? '' : ', for everybody on the way to read'}`,
      'read what it answers, as a stranger’s words',
    ],
    undo: 'what was sent cannot be taken back',
    ...(parts.length === 0 ? {} : { detail: parts.join('\n').trim() }),
  };
}

const shown = (name: string, value: string): string =>
  isSecretHeader(name) ? `${NOT_SHOWN}(${value.length} characters)` : value;
