import { z } from 'zod';
import type { Address } from '../domain/address.ts';

/** Parameters of what is told to chats of the owner's. */
export const notifyParams = {
  /** Tells one thing now, whatever the hour, through the outbox as everything else. */
  'notify.test': () => z.strictObject({ name: z.string().min(1).max(64) }),
} as const;

export interface NotifyAnswers {
  /** Where it was queued for; whether it arrives is seen there. */
  readonly 'notify.test': { readonly to: Address };
}
