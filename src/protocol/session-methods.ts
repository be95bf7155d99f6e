import { z } from 'zod';
import type { Played } from '../domain/playback.ts';
import type { SessionSummary, Talk, TranscriptEntry } from '../domain/session.ts';

const session = z.string().min(1).max(300);
const number = z.number().int().min(1);
/** Whose chats the owner looks at, of a user; a user has their own. */
const user = z.string().min(1).max(32).optional();

/** Parameters of what looks after conversations. To sum one up, `/compact` is said in it (`chat.send`). */
export const sessionParams = {
  'sessions.list': () => z.strictObject({ user }),
  /** One conversation of a session, the present one where no number is given, and its newest entries. */
  'sessions.show': () =>
    z.strictObject({
      session,
      number: number.optional(),
      limit: z.number().int().min(1).max(500).default(100),
      user,
    }),
  /** One turn of a conversation with what is on record about it; `redacted` for the eyes of others. */
  'sessions.replay': () =>
    z.strictObject({
      session,
      number: number.optional(),
      /** `next` of the turn before. */
      after: z.number().int().min(0).default(0),
      redacted: z.boolean().default(false),
      user,
    }),
  /** Removes one conversation of a session, or all; a code, where a second factor is enrolled. */
  'sessions.remove': () =>
    z.strictObject({
      session,
      number: number.optional(),
      user,
      code: z.string().min(1).max(64).optional(),
    }),
} as const;

export interface SessionAnswers {
  readonly 'sessions.list': { readonly sessions: readonly SessionSummary[] };
  readonly 'sessions.show': {
    readonly talk: Talk;
    readonly talks: readonly Talk[];
    readonly entries: readonly TranscriptEntry[];
    /** What is kept word for word. */
    readonly kept: readonly string[];
  };
  readonly 'sessions.replay': Played;
  readonly 'sessions.remove': { readonly removed: number };
}
