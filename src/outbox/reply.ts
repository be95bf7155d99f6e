import { z } from 'zod';
import { readAs } from '../base/errors.ts';
import { excerpt } from '../base/excerpt.ts';
import type { Action, Leaving, Writer } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { isDirect, type Session } from '../domain/session.ts';
import { redeem } from '../governance/grant.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { answer, queueAnswer } from './answer.ts';
import { type ProgressDeps, showProgress } from './progress.ts';

export interface ReplyDeps extends ProgressDeps {
  /** True for a direct chat with an owner, who may be told anything. */
  readonly isOwners: (chat: Session['home']) => Promise<boolean>;
  /** True for a user's own chat in which nothing private was seen but what their own jails gave. */
  readonly isAllTheirs: (session: Session) => Promise<boolean>;
  /** True where a text is, to the letter, what the turn of an event came to, and nothing private is in that. */
  readonly isPublic: (session: Session, said: { event: string; text: string }) => Promise<boolean>;
}

/** Instead of an answer, how a run goes that one will come of. Its words are atom's own. */
const progress = z.strictObject({ event: z.string(), session: z.string(), run: z.string() });
const resource = z.union([answer, progress]);

/**
 * `message.reply`: answers the chat that an event came from, and nobody else. The reply is queued in
 * the transaction that marks the event, and what was taken into its turn, as handled: there is never one
 * without the other. Throws AtomError `failed` where the turn is somebody else's by now. While a run is
 * under way, `{event, session, run}` shows how it goes: one action, however often its message is edited.
 */
export const createReply = (deps: ReplyDeps): Action => ({
  name: 'message.reply',
  prepare: async (raw, agent) => {
    const found = readAs(resource, raw, 'That is not a reply');
    const session = await sessionById(deps.store, found.session);
    const isOwn = session !== undefined && (await isOwnChat(deps, session));
    const isProgress = 'run' in found;
    return {
      resource: found,
      facts: {},
      // In a group others read along, and so does a guest; so they might where nobody knows what chat it
      // is. Of progress they are told no more than that something runs.
      leaves: isOwn || isProgress ? 'nobody' : await readBy(deps, session, found),
      card: {
        kind: 'message',
        words: ['run' in found ? `progress of ${found.run}` : shown(found, agent)],
        may: ['answer the chat that asked'],
        undo: 'a message cannot be taken back',
      },
    };
  },
  execute: (grant) => tellProgress(deps, progress.parse(redeem(grant).request.resource)),
  writer: (raw) => ('run' in resource.parse(raw) ? undefined : writeAnswer(deps)),
});

const writeAnswer =
  (deps: ReplyDeps): Writer =>
  async (grant, sql) => {
    const { request } = redeem(grant);
    const { message, reply } = await queueAnswer(deps, sql, request);
    return {
      value: { message },
      tell: () => {
        deps.bus.tell('outbound', undefined);
        if (reply) deps.bus.tell('replied', reply);
        if (reply?.channel === 'agent')
          deps.bus.tell('errand.answered', { event: reply.inReplyTo });
      },
    };
  };

async function tellProgress(
  deps: ReplyDeps,
  { session: id, run }: z.output<typeof progress>,
): Promise<{ readonly told: number }> {
  const session = await sessionById(deps.store, id);
  const live = deps.live?.(run);
  if (!session || live?.session !== id) return { told: 0 };
  const facts = deps.facts(session.home.channel);
  return showProgress(deps, live, {
    home: session.home,
    facts,
    isGroup: !(await isOwnChat(deps, session)),
  });
}

/** What one agent tells another keeps its label, and so stays the owner's. */
const isOwnChat = async ({ isOwners }: ReplyDeps, session: Session): Promise<boolean> =>
  session.home.channel === 'agent' || (isDirect(session) && (await isOwners(session.home)));

/**
 * Anybody may be told what has nothing private in it, such as atom's own words, whatever else was said before.
 * A user is told what their own jails gave without anybody's word; a secret in those never leaves at all.
 */
async function readBy(
  { isAllTheirs, isPublic }: ReplyDeps,
  session: Session | undefined,
  said: z.output<typeof answer>,
): Promise<Leaving> {
  if (!session) return 'people';
  if (await isPublic(session, said)) return 'nobody';
  return (await isAllTheirs(session)) ? 'user' : 'people';
}

/** Of a private agent, the record keeps no word. */
const shown = ({ text }: z.output<typeof answer>, agent: Agent | undefined): string =>
  agent?.private === true ? `an answer of ${text.length} characters` : excerpt(text, EXCERPT);

/** The record keeps the beginning of what was said; the transcript has all of it. */
const EXCERPT = 120;
