import { z } from 'zod';
import type { OwnChannelPlan } from '../domain/own-channel.ts';
import type { ChannelStatus } from './status.ts';

const channel = z.string().min(1).max(32);

/** Parameters of what connects chats. */
export const channelParams = {
  'channels.list': () => z.strictObject({}),
  /** Begins to link an account; the steps come as events. `phone`: by a code to type, for this number. */
  'channels.login': () =>
    z.strictObject({
      channel,
      phone: z
        .string()
        .regex(/^[1-9]\d{6,14}$/)
        .optional(),
    }),
  /** Opens it anew, with the secrets that are stored now. */
  'channels.reopen': () => z.strictObject({ channel }),
  /** Unlinks the account and forgets its keys. */
  'channels.unlink': () => z.strictObject({ channel }),
  /** Sends a message to the owner's chats there, or to the account itself. */
  'channels.test': () => z.strictObject({ channel }),
  /** Looks at a channel that the owner wrote; runs of it what says what it is, in an empty jail. */
  'channels.look': () => z.strictObject({ channel }),
  /** Lets exactly what has this digest be run. Needs a code, where a second factor is enrolled. */
  'channels.trust': () =>
    z.strictObject({
      channel,
      digest: z.string().length(64),
      code: z.string().min(1).max(64).optional(),
    }),
  /** Forgets what was approved of it. */
  'channels.forget': () => z.strictObject({ channel }),
} as const;

export interface ChannelAnswers {
  readonly 'channels.list': { readonly channels: readonly ChannelStatus[] };
  readonly 'channels.login': { readonly channel: string };
  readonly 'channels.reopen': { readonly channel: string };
  readonly 'channels.unlink': { readonly channel: string };
  /** `sent`: what went to the outbox, and for whom. */
  readonly 'channels.test': {
    readonly identity: string;
    readonly sent: readonly { readonly message: string; readonly peer: string }[];
  };
  readonly 'channels.look': { readonly plan: OwnChannelPlan };
  readonly 'channels.trust': { readonly channel: string };
  readonly 'channels.forget': { readonly forgotten: boolean };
}
