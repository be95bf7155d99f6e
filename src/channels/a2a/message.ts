import { z } from 'zod';
import { schemaWords } from '../../base/schema-words.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Remote } from './remote.ts';
import { RpcError } from './rpc.ts';

const word = z.string().regex(/^[\w.:-]{1,128}$/);
/** It is part of the key of a conversation. */
const context = z.string().regex(/^[\w-]{1,64}$/);
/** Longer texts are no message. */
const MOST_TEXT = 65_536;
const MOST_PARTS = 32;

const params = z.object({
  message: z.object({
    messageId: word,
    contextId: context.or(z.literal('')).optional(),
    taskId: z.string().max(128).optional(),
    role: z.literal('ROLE_USER'),
    parts: z
      .array(z.looseObject({ text: z.string().optional() }))
      .min(1)
      .max(MOST_PARTS),
  }),
  configuration: z.object({ returnImmediately: z.boolean().optional() }).optional(),
});

export interface Sent {
  readonly event: InboundEvent;
  readonly context: string;
  /** False where whoever sent it looks for the answer later. */
  readonly waits: boolean;
}

/** What a remote agent sent. Throws RpcError. */
export function readMessage(
  raw: unknown,
  { remote, id, at }: { readonly remote: Remote; readonly id: string; readonly at: number },
): Sent {
  const found = params.safeParse(raw);
  if (!found.success) throw new RpcError('params', schemaWords(found.error));
  const { message, configuration } = found.data;
  if (message.taskId)
    throw new RpcError(
      'unsupported',
      'A task is one message and its answer: go on in its context.',
    );
  const { name } = remote;
  // One that is named goes on; what follows a message without one is another conversation.
  const thread = message.contextId || id;
  return {
    context: thread,
    waits: configuration?.returnImmediately !== true,
    event: {
      id,
      externalId: message.messageId,
      sender: { id: name },
      kind: 'message',
      at,
      from: { channel: 'a2a', account: name, peer: name, thread },
      text: textIn(message.parts),
      wordsOf: `sent by the remote agent “${name}”`,
      media: [],
      isGroup: false,
      mentionsMe: true,
    },
  };
}

function textIn(parts: readonly { readonly text?: string | undefined }[]): string {
  const texts = parts.flatMap(({ text }) => (text === undefined ? [] : [text]));
  if (texts.length < parts.length) throw new RpcError('content', 'Only text is taken.');
  const text = texts.join('\n');
  if (text.trim() === '') throw new RpcError('params', 'There is no text in it.');
  if (text.length > MOST_TEXT)
    throw new RpcError('params', `At most ${MOST_TEXT} characters are taken.`);
  return text;
}
