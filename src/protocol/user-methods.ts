import { z } from 'zod';
import type { User } from '../domain/user.ts';

/** Parameters of what is about people with agents and jails of their own. */
export const userParams = {
  'users.list': () => z.strictObject({}),
  /** Reads the users of the configuration file again. Who may do more needs a code, where there is a second factor. */
  'users.reload': () => z.strictObject({ code: z.string().min(1).max(64).optional() }),
} as const;

export interface UserAnswers {
  /** `waiting`: users of the configuration who may do more than was agreed to. */
  readonly 'users.list': { readonly users: readonly User[]; readonly waiting: readonly User[] };
  readonly 'users.reload': { readonly users: readonly User[] };
}
