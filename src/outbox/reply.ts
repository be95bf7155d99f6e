import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action } from '../domain/action.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { findEvent, markHandled } from '../store/tables/spool.ts';
import { queueText } from './queue.ts';

export interface ReplyDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly facts: (channel: string) => ChannelFacts;
}

const resource = z.strictObject({
  event: z.string(),
  session: z.string(),
  text: z.string(),
  /** How the turn ended, kept with the event. */
  result: z.string(),
  /** Further events of the session that this answers as well. */
  also: z.array(z.string()).default([]),
});

/**
 * `message.reply`: answers the chat that an event came from, and nobody else. The reply is queued in
 * the transaction that marks the event, and what was taken into its turn, as handled: there is never one
 * without the other. Throws AtomError `failed` where the turn is somebody else's by now.
 */
export const createReply = (deps: ReplyDeps): Action => ({
  name: 'message.reply',
  prepare: async (raw) => {
    const found = resource.safeParse(raw);
    if (!found.success)
      throw new AtomError('usage', `That is not a reply: ${z.prettifyError(found.error)}`);
    const { text, session: id } = found.data;
    const session = await sessionById(deps.store, id);
    return {
      resource: found.data,
      facts: {},
      // In a group others read along; so they might where nobody knows what chat it is.
      leaves: session !== undefined && isOwnChat(session.key) ? 'nobody' : 'people',
      card: {
        kind: 'message',
        words: [excerpt(text)],
        may: ['answer the chat that asked'],
        undo: 'a message cannot be taken back',
      },
    };
  },
  execute: async (grant) => {
    const { request, stillMine } = redeem(grant);
    const { event: id, session: sessionId, text, result, also } = resource.parse(request.resource);
    const message = `reply:${id}`;
    await deps.store.tx(async (sql) => {
      if (stillMine && !(await stillMine(sql)))
        throw new AtomError('failed', 'The lease ran out before the reply was queued.');
      const event = await findEvent(sql, id);
      const session = await sessionById(sql, sessionId);
      if (!event || !session)
        throw new AtomError('failed', `The message ${id} is not in the spool.`);
      if (!(await markHandled(sql, id, result))) return;
      for (const other of also) await markHandled(sql, other, result);
      const facts = deps.facts(session.home.channel);
      await queueText(sql, facts, {
        id: message,
        to: session.home,
        text,
        inReplyTo: event.id,
        at: deps.clock.now(),
      });
    });
    deps.bus.tell('outbound', undefined);
    return { message };
  },
});

const isOwnChat = (key: string): boolean => ['dm', 'self'].includes(key.split(':')[1] ?? '');

const EXCERPT = 120;

/** The record keeps the beginning of what was said; the transcript has all of it. */
const excerpt = (text: string): string =>
  text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 1).toWellFormed()}…`;
