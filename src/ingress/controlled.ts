import type { InboundEvent } from '../domain/event.ts';
import { deciderWords } from '../domain/halt.ts';
import type { Role } from '../domain/role.ts';
import type { Store } from '../domain/store.ts';
import { doubtNamedBy } from '../governance/approvals/callback.ts';
import { findApproval, pendingApprovals } from '../store/tables/approvals.ts';
import { knownEventId, spoolEvent } from '../store/tables/spool.ts';
import { type Answered, answerByButton } from './answers.ts';
import { asKept, type Control } from './control.ts';
import type { IngressDeps } from './ingress-deps.ts';
import { ONLY_OWNERS } from './may-order.ts';
import { type Obeyed, obey } from './obey.ts';

/**
 * What a message means outside any turn that could mean what is `said`; undefined where it is for the agent.
 * “ok then” answers no card while none waits and none was ever called that. With a code of the second factor behind it, it is never
 * for the agent, who would keep it. Other people's words, passed on or posted by a program, order nothing: they
 * are for the agent, but for those that hold such a code.
 */
export async function controlOf(
  deps: IngressDeps,
  event: InboundEvent,
  heard: Said,
): Promise<Control | undefined> {
  const control = await meantBy(deps, heard);
  if (event.wordsOf === undefined || control === undefined) return control;
  const holdsCode = control.kind !== 'misused' && asKept(event, control).text !== event.text;
  return holdsCode ? control : undefined;
}

interface Said {
  readonly said: Control;
  readonly role: Role;
}

async function meantBy(
  { store, doubts }: IngressDeps,
  { said, role }: Said,
): Promise<Control | undefined> {
  // Plain words, but for somebody who has such a run.
  if (said.kind === 'doubt' && !said.command)
    return role === 'owner' && (await doubts.isNamed(said.code)) ? said : undefined;
  // Nobody but an owner has a code that could be given away.
  if (said.kind === 'bare-code')
    return role === 'owner' && (await asksForCode(store)) ? said : undefined;
  if (said.kind !== 'answer' || said.proof !== undefined) return said;
  if (await findApproval(store, said.code)) return said;
  return (await pendingApprovals(store)).length > 0 ? said : undefined;
}

const asksForCode = async (store: Store): Promise<boolean> =>
  (await pendingApprovals(store)).some(({ card }) => card.factor === 'totp');

/** Takes a pressed button of a card, or of a run in doubt: an owner's, once. */
export async function pressed(
  deps: IngressDeps,
  event: InboundEvent,
  role: Role,
): Promise<boolean> {
  if (await isKnown(deps, event)) return false;
  const refusal: Answered = { note: ONLY_OWNERS, stop: false };
  const { note, message, stop, session } = role === 'owner' ? await answered(deps, event) : refusal;
  // Last, so that a press that could not be recorded is taken again when it comes again.
  if (message === undefined) await deps.store.tx((sql) => spoolEvent(sql, event, null));
  else await deps.answer(event, message);
  if (stop && session) await stopSession(deps, session, event);
  await deps.acknowledge(event, note);
  return true;
}

const answered = async (deps: IngressDeps, event: InboundEvent): Promise<Answered> =>
  doubtNamedBy(event.text)
    ? { note: await deps.doubts.press(event), stop: false }
    : answerByButton(deps, event);

/** Does what a message means outside any turn, once, and answers it. */
export async function controlled(
  deps: IngressDeps,
  event: InboundEvent,
  told: Obeyed,
): Promise<boolean> {
  const { control } = told;
  // A store that cannot be asked whether a panic is an old one does not keep it from being heard.
  const known = isKnown(deps, event);
  if (await (control.kind === 'panic' ? known.catch(() => false) : known)) return false;
  await deps.answer(asKept(event, control), await obey(deps, event, told));
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
