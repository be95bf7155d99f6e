import type { Link } from '../link.ts';
import type { Conversation } from './conversation.ts';
import { isRecord } from './frames.ts';
import { toOpenClaw } from './keys.ts';
import { sendRefusal } from './refusals.ts';

/**
 * Sends over OpenClaw's `chat.send`, under a key that makes a repeat harmless. Its answer says that a run was
 * begun for the message, or had been before.
 */
export const sending =
  (ask: Conversation['ask']): Link['send'] =>
  async ({ messageId, sessionKey, text }, timeoutMs) => {
    const key = { sessionKey: toOpenClaw(sessionKey), idempotencyKey: messageId };
    const answer = await ask('chat.send', { ...key, message: text }, timeoutMs);
    if (!answer.ok) throw sendRefusal(answer.refusal);
    const runId = isRecord(answer.payload) ? answer.payload.runId : undefined;
    return { ref: typeof runId === 'string' ? runId : messageId };
  };
