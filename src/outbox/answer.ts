import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Topics } from '../bus/bus.ts';
import type { ActionRequest } from '../domain/action.ts';
import type { Sql } from '../domain/store.ts';
import { answerErrand } from '../store/tables/errands.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { findEvent, markHandled } from '../store/tables/spool.ts';
import { type ProgressDeps, progressId, takesPlace } from './progress.ts';
import { queueText } from './queue.ts';
import { answerTo, replyId } from './reply-id.ts';

/** What `message.reply` answers an event with. */
export const answer = z.strictObject({
  event: z.string(),
  session: z.string(),
  text: z.string(),
  format: z.literal('markdown').exactOptional(),
  /** How the turn ended, kept with the event. */
  result: z.string(),
  /** Further events of the session that this answers as well. */
  also: z.array(z.string()).default([]),
});

/**
 * Queues an answer and marks what it answers as handled, within the caller's transaction. `reply` is absent
 * where that was done before. One agent's answer to another is written to nobody.
 */
export async function queueAnswer(
  deps: Pick<ProgressDeps, 'clock' | 'facts'>,
  sql: Sql,
  { resource: raw, labels }: Pick<ActionRequest, 'resource' | 'labels'>,
): Promise<{ readonly message: string; readonly reply?: Topics['replied'] }> {
  const { event: id, session: sessionId, text, format, result, also } = answer.parse(raw);
  const message = replyId(id);
  const event = await findEvent(sql, id);
  const session = await sessionById(sql, sessionId);
  if (!event || !session) throw new AtomError('failed', `The message ${id} is not in the spool.`);
  if (!(await markHandled(sql, id, result))) return { message };
  for (const other of also) await markHandled(sql, other, result);
  const { key, home } = session;
  const now = deps.clock.now();
  const reply = { channel: home.channel, id: message, session: key, inReplyTo: id, text, at: now };
  if (home.channel === 'agent') {
    // Nobody is written to: whoever asked reads it there, and clients of the gateway are told.
    for (const one of [id, ...also]) await answerErrand(sql, one, { text, labels, result });
    return { message, reply };
  }
  const facts = deps.facts(home.channel);
  const inPlace = await takesPlace(sql, { event: id, text, facts, now });
  await queueText(sql, facts, {
    id: message,
    to: home,
    text,
    ...answerTo(event),
    at: now,
    ...(format && { format }),
    ...(inPlace ? { edits: progressId(id), orNew: true } : {}),
  });
  return { message, reply };
}
