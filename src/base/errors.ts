import type { z } from 'zod';
import { schemaWords } from './schema-words.ts';

/** Every kind of failure atom tells apart. Each has one exit code; the gateway sends the word itself. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  declined: 3,
  credentials: 4,
  'not-running': 5,
  'already-running': 6,
  blocked: 7,
  pending: 8,
  unavailable: 7,
  'not-found': 1,
  config: 78,
} as const;

export type ErrorCode = keyof typeof exitCodes;

export interface AtomErrorOptions {
  readonly cause?: unknown;
  readonly next?: readonly string[];
  readonly violates?: boolean;
  readonly elsewhere?: boolean;
  readonly quotes?: string;
  readonly own?: boolean;
}

/**
 * The one error of the house. `message` says what is wrong, `next` the commands or steps that mend
 * it, one a line. Neither ever holds a secret.
 */
export class AtomError extends Error {
  readonly code: ErrorCode;
  readonly next: readonly string[];
  /** True where what was asked for lies beyond what whoever asked may touch. */
  readonly violates: boolean;
  /** True where whoever was asked is at fault and did nothing of it: somebody else may be asked. */
  readonly elsewhere: boolean;
  /** Whose words the message repeats, where it does: they are strangers'. */
  readonly quotes: string | undefined;
  /** True where the message is fixed words and what was asked for, and tells nothing of what was looked at. */
  readonly own: boolean;

  constructor(code: ErrorCode, message: string, options: AtomErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AtomError';
    this.code = code;
    this.next = options.next ?? [];
    this.violates = options.violates ?? false;
    this.elsewhere = options.elsewhere ?? false;
    this.quotes = options.quotes;
    this.own = options.own ?? false;
  }
}

/** A value as a schema reads it. Throws AtomError `usage`: `what`, such as `That is not a job`, and why. */
export function readAs<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  throw new AtomError('usage', `${what}: ${schemaWords(found.error)}`);
}

/** Turns anything thrown into an AtomError; strangers become `failed` with their own message. */
export const asAtomError = (thrown: unknown): AtomError =>
  thrown instanceof AtomError
    ? thrown
    : new AtomError('failed', thrown instanceof Error ? thrown.message : String(thrown), {
        cause: thrown,
      });

/** The `code` of a Node system error (`ENOENT`, `SQLITE_FULL`), or undefined. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
