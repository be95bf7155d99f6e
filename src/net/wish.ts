import { z } from 'zod';
import { readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { readTarget, type Target } from './place.ts';

/** What is asked for: the resource of `net.fetch`, with every default filled in. */
export interface Wish {
  readonly url: string;
  readonly method: Method;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** `readable` turns pages into text for people and models; `source` leaves them as they are. */
  readonly form: 'readable' | 'source';
  /** The only other hosts that it may lead on to, as patterns; left out where that is not narrowed. */
  readonly only?: readonly string[] | undefined;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

const MOST_BODY = 100_000;
const MOST_HEADERS = 30;

/** Ours to write, a proxy's, or kept from one visit to the next, which nothing here is. */
const OURS =
  /^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|keep-alive|accept-encoding|cookie2?|proxy-.*)$/;
/** Say how an answer should look, and nothing more, as long as they are no longer than that takes. */
const MOST_PLAIN = 200;
const PLAIN =
  /^(accept|accept-language|content-type|user-agent|range|if-none-match|if-modified-since)$/;

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'a name of a header')
  .transform((name) => name.toLowerCase())
  .refine((name) => !OURS.test(name), 'a header that may be chosen');
/** What stands for a hidden value where a request is kept; asked for again, it is no value. */
export const NOT_SHOWN = 'not shown ';
const headerValue = z
  .string()
  .regex(/^[\t\x20-\x7e]{0,4096}$/, 'printable ASCII')
  .refine((value) => !value.startsWith(NOT_SHOWN), 'the value itself, which is not kept');

const wishSchema = z
  .strictObject({
    url: z.string().min(1),
    method: z
      .string()
      .transform((name) => name.toUpperCase())
      .pipe(z.enum(methods))
      .default('GET'),
    headers: z.record(headerName, headerValue).default({}),
    body: z.string().max(MOST_BODY).optional(),
    form: z.enum(['readable', 'source']).default('readable'),
    only: z.array(z.string().max(300)).max(100).optional(),
  })
  .refine(({ headers }) => Object.keys(headers).length <= MOST_HEADERS, 'has too many headers')
  .refine(({ method, body }) => body === undefined || !isLook(method), 'GET and HEAD have no body');

/** A wish and where it leads. Throws AtomError `usage`. */
export function readWish(resource: Json): { readonly wish: Wish; readonly target: Target } {
  const parsed = readAs(wishSchema, resource, 'That cannot be fetched');
  return { wish: parsed, target: readTarget(parsed.url) };
}

/** True for what only asks a server for something. */
export const isLook = (method: Method): boolean => method === 'GET' || method === 'HEAD';

/** True for what hands over more than an address. */
export const handsOver = ({ method, headers }: Wish): boolean =>
  !isLook(method) || !Object.entries(headers).every(isPlain);

/** What goes along to another host. */
export const plainHeaders = (headers: Wish['headers']): Wish['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(isPlain));

const isPlain = ([name, value]: readonly [string, string]): boolean =>
  PLAIN.test(name) && value.length <= MOST_PLAIN;
