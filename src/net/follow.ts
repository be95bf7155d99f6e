import type { IncomingMessage } from 'node:http';
import { AtomError } from '../base/errors.ts';
import { hostNamed } from '../domain/host-pattern.ts';
import type { Connect } from './connect.ts';
import type { Asked } from './describe.ts';
import { exchange } from './exchange.ts';
import type { Hosts } from './hosts.ts';
import { isSameOrigin, isSameSite, placeWords, readTarget, type Target } from './place.ts';
import { isLook, plainHeaders } from './wish.ts';

/** An answer that leads nowhere further. */
export interface Arrived {
  readonly target: Target;
  readonly answer: IncomingMessage;
  /** Addresses that led on, in their order. */
  readonly passed: readonly string[];
}

const MOST_REDIRECTS = 5;

/**
 * Makes a request and follows where it leads on, as far as that needs no other decision: to the same
 * site, or by a mere look to a host that the owner allowed. Throws AtomError `blocked` where it leads
 * further, `failed` where nobody answers.
 */
export async function follow(
  { connect, hosts }: { readonly connect: Connect; readonly hosts: Hosts },
  asked: Asked,
  signal: AbortSignal,
): Promise<Arrived> {
  let now = asked;
  const passed: string[] = [];
  for (;;) {
    const never = hosts.whyNever(now.target);
    if (never !== undefined) throw new AtomError('blocked', never);
    const answer = await exchange(await connect(now.target, signal), now, signal);
    const location = REDIRECTS.has(answer.statusCode ?? 0) ? answer.headers.location : undefined;
    if (location === undefined) return { target: now.target, answer, passed };
    answer.destroy();
    passed.push(now.target.url);
    if (passed.length > MOST_REDIRECTS)
      throw new AtomError('failed', `${placeWords(asked.target)} leads on and on.`);
    now = led(now, location, { hosts, status: answer.statusCode ?? 0 });
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The next request; RFC 9110, 15.4. */
function led(
  { wish, target }: Asked,
  location: string,
  { hosts, status }: { readonly hosts: Hosts; readonly status: number },
): Asked {
  const next = targetIn(location, target);
  if (target.secure && !next.secure) throw stopped(target, next, 'without TLS');
  const same = isSameOrigin(target, next);
  // What was asked for with a body has been done, or it goes nowhere but where it was meant to.
  const isAsked = status === 303 || (status < 303 && wish.method === 'POST');
  const { body: _, ...rest } = wish;
  const look = isAsked && !isLook(wish.method) ? { ...rest, method: 'GET' as const } : wish;
  if (!same && !isLook(look.method)) throw stopped(target, next, 'with what was sent');
  if (!same && look.only && !hostNamed(look.only, next))
    throw stopped(target, next, 'which whoever asked may not speak to');
  if (!same && !isSameSite(target, next) && !hosts.isAllowed(next))
    throw stopped(target, next, 'at another host');
  const headers = same ? look.headers : plainHeaders(look.headers);
  return { wish: { ...look, headers }, target: next };
}

function targetIn(location: string, from: Target): Target {
  try {
    return readTarget(location, from.url);
  } catch (thrown) {
    throw new AtomError('blocked', `${placeWords(from)} leads on to what cannot be fetched.`, {
      cause: thrown,
    });
  }
}

const stopped = (from: Target, to: Target, how: string): AtomError =>
  new AtomError('blocked', `${placeWords(from)} leads on to ${to.url}, ${how}.`, {
    next: ['That has to be asked for by itself.'],
  });
