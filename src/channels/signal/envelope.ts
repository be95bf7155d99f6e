import { z } from 'zod';

const text = z.string().nullish();
/** Milliseconds since 1970, which are also the id of a message of its sender. */
const timestamp = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

const attachment = z.object({
  id: text,
  contentType: text,
  filename: text,
  size: z.number().int().nonnegative().nullish(),
});

const mention = z.object({
  number: text,
  uuid: text,
  start: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
});

const content = z.object({
  message: text,
  attachments: z.array(attachment).nullish(),
  mentions: z.array(mention).nullish(),
  groupInfo: z.object({ groupId: z.string(), type: text }).nullish(),
  quote: z.object({ id: timestamp, authorNumber: text, authorUuid: text }).nullish(),
});

const edit = z.object({ dataMessage: content });

const envelope = z.object({
  sourceNumber: text,
  sourceUuid: text,
  sourceName: text,
  timestamp,
  dataMessage: content.nullish(),
  editMessage: edit.nullish(),
  syncMessage: z
    .object({
      sentMessage: content
        .extend({
          destinationNumber: text,
          destinationUuid: text,
          timestamp: timestamp.nullish(),
          editMessage: edit.nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

const received = z.object({ account: text, envelope });

const notice = z.object({
  method: z.literal('receive'),
  params: z.union([
    z.object({ subscription: z.number(), result: received }),
    received.transform((result) => ({ subscription: undefined, result })),
  ]),
});

/** What Signal says of a message; only what atom looks at. Source: signal-cli's signal-cli-jsonrpc(5). */
export type Envelope = z.infer<typeof envelope>;
export type Content = z.infer<typeof content>;

export interface Received {
  readonly envelope: Envelope;
  /** For which account of signal-cli it came, where it says so. */
  readonly account?: string | null | undefined;
  /** False where signal-cli takes messages in by itself, also while nobody listens. */
  readonly subscribed: boolean;
}

/** Undefined for whatever is no message that arrived. */
export function receivedIn(frame: unknown): Received | undefined {
  const { success, data } = notice.safeParse(frame);
  if (!success) return undefined;
  const { subscription, result } = data.params;
  return { ...result, subscribed: subscription !== undefined };
}
