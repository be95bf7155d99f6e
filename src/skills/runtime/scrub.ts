import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { redactOutput } from '../../base/redact.ts';

/** Keeps the secrets that a call was given out of everything that comes of it. */
export interface Scrub {
  /** From now on this is one of them. */
  add(value: string): void;
  /** True where one of them is in a text. */
  holds(text: string): boolean;
  text(text: string): string;
  json(value: Json): Json;
  error(error: unknown): unknown;
  /** Passes on what is printed; once there is a secret, whole lines only, so that none is cut in two. */
  printed(text: string): void;
  /** Passes on what is left. */
  end(): void;
}

export function createScrub(onPrinted: (text: string) => void): Scrub {
  const secrets: string[] = [];
  let rest = '';
  const text = (given: string): string =>
    secrets.length === 0 ? given : redactOutput(secrets)(given);
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), json(one)]));
  };
  const pass = (printed: string): void => {
    if (printed !== '') onPrinted(text(printed));
  };
  return {
    add: (value) => void secrets.push(value),
    holds: (given) => secrets.some((secret) => given.includes(secret)),
    text,
    json: (value) => (secrets.length === 0 ? value : json(value)),
    error: (error) =>
      error instanceof AtomError && secrets.length > 0
        ? new AtomError(error.code, text(error.message), { next: error.next.map(text) })
        : error,
    printed: (printed) => {
      const all = rest + printed;
      const end = secrets.length === 0 ? all.length : all.lastIndexOf('\n') + 1;
      rest = all.slice(end);
      pass(all.slice(0, end));
    },
    end: () => {
      pass(rest);
      rest = '';
    },
  };
}
