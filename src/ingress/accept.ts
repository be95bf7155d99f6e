import type { InboundEvent } from '../domain/event.ts';
import { deciderWords } from '../domain/halt.ts';
import type { Store } from '../domain/store.ts';
import { keyOf } from '../protocol/session-key.ts';
import { findApproval, pendingApprovals } from '../store/tables/approvals.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { knownEventId, spoolEvent } from '../store/tables/spool.ts';
import { answerByButton, waitingWords } from './answers.ts';
import { asKept, type Control, controlIn, isPanic } from './control.ts';
import { admit, checkLength } from './gate.ts';
import type { IngressDeps } from './ingress-deps.ts';
import { obey } from './obey.ts';

/** `new` is false for an event that was here before: it changes nothing. */
export interface Accepted {
  readonly new: boolean;
  readonly session: string;
}

/**
 * Takes an event in. Once it resolves the event is durable, or was answered for good, and the
 * channel may acknowledge it. Throws AtomError where it could not be kept: then nothing was done.
 */
export async function accept(deps: IngressDeps, event: InboundEvent): Promise<Accepted> {
  const session = keyOf(event.from, event.isGroup);
  const admission = admit(event, deps.allowed);
  if (admission.kind === 'drop') {
    deps.onStranger(event, admission.reason);
    return { new: false, session };
  }
  deps.log.info(`message from ${event.from.channel} ${event.sender.id}`, {
    event: event.id,
    session,
    kind: event.kind,
  });
  if (event.kind === 'button') return { new: await pressed(deps, event), session };
  // In a group, only what is said to us is for us.
  if (event.kind !== 'message' || (event.isGroup && !event.mentionsMe && !isPanic(event.text)))
    return { new: false, session };
  checkLength(event.text);
  const control = await controlOf(deps, event.text);
  if (control)
    return { new: await controlled(deps, asKept(event, control), { control, session }), session };
  return { new: await spooled(deps, event, session), session };
}

/**
 * “ok then” answers no card while none waits and none was ever called that. With a code of the second
 * factor behind it, it is never for the agent, who would keep it.
 */
async function controlOf({ store }: IngressDeps, text: string): Promise<Control | undefined> {
  const control = controlIn(text);
  if (control?.kind === 'bare-code') return (await asksForCode(store)) ? control : undefined;
  if (control?.kind !== 'answer' || control.proof !== undefined) return control;
  if (await findApproval(store, control.code)) return control;
  return (await pendingApprovals(store)).length > 0 ? control : undefined;
}

const asksForCode = async (store: Store): Promise<boolean> =>
  (await pendingApprovals(store)).some(({ card }) => card.factor === 'totp');

async function spooled(deps: IngressDeps, event: InboundEvent, session: string): Promise<boolean> {
  await deps.backlog.requireRoom();
  const fresh = await deps.store.tx((sql) => spoolEvent(sql, event, session));
  if (!fresh) return false;
  const cut = deps.arrived({ key: session, event: event.id });
  deps.bus.tell('inbound', undefined);
  // Where the turn is stopped, nothing keeps the message waiting.
  if ((await deps.halt.explain(event)) || cut) return true;
  const behind = await deps.backlog.words(session);
  if (behind === undefined) await explainWaiting(deps, event, session);
  else await deps.notice(event, behind);
  return true;
}

/** A message that comes while its session waits for a yes is kept, and its sender told why it rests. */
async function explainWaiting(deps: IngressDeps, event: InboundEvent, key: string): Promise<void> {
  const session = await sessionByKey(deps.store, key);
  const waiting = (await pendingApprovals(deps.store)).find(
    ({ request }) => session !== undefined && request.context.session === session.id,
  );
  if (!waiting) return;
  await deps.notice(event, waitingWords(waiting.card));
}

async function pressed(deps: IngressDeps, event: InboundEvent): Promise<boolean> {
  if (await isKnown(deps, event)) return false;
  const { note, message, stop, session } = await answerByButton(deps, event);
  // Last, so that a press that could not be recorded is taken again when it comes again.
  if (message === undefined) await deps.store.tx((sql) => spoolEvent(sql, event, null));
  else await deps.answer(event, message);
  if (stop && session) await stopSession(deps, session, event);
  await deps.acknowledge(event, note);
  return true;
}

async function controlled(
  deps: IngressDeps,
  event: InboundEvent,
  { control, session }: { readonly control: Control; readonly session: string },
): Promise<boolean> {
  // A store that cannot be asked whether a panic is an old one does not keep it from being heard.
  const known = isKnown(deps, event);
  if (await (control.kind === 'panic' ? known.catch(() => false) : known)) return false;
  await deps.answer(asKept(event, control), await obey(deps, event, { control, session }));
  return true;
}

const isKnown = async ({ store }: IngressDeps, event: InboundEvent): Promise<boolean> =>
  (await knownEventId(store, event)) !== undefined;

async function stopSession(
  deps: IngressDeps,
  id: string,
  { from, sender }: InboundEvent,
): Promise<void> {
  const row = await deps.store.get('SELECT key FROM session WHERE id = $1', id);
  if (row) deps.stopTurn(String(row.key), deciderWords({ surface: from.channel, id: sender.id }));
}
