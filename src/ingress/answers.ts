import type { AnswerResult } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Store } from '../domain/store.ts';
import type { Approvals } from '../governance/approvals/approvals.ts';
import { type Callbacks, codeIn } from '../governance/approvals/callback.ts';
import { findApproval } from '../store/tables/approvals.ts';
import type { Control, HaltControl } from './control.ts';
import type { HaltDoor } from './halt-door.ts';

export interface AnswerDeps {
  readonly store: Store;
  readonly approvals: Approvals;
  readonly callbacks: Callbacks;
  readonly halt: HaltDoor;
  /** Why a card cannot be approved on a channel; undefined where it was shown there whole. */
  readonly notHere: (channel: string, card: Card) => string | undefined;
}

export interface Answered {
  /** What the person who answered is told. */
  readonly note: string;
  /** True where the task that asked is to be stopped as well. */
  readonly stop: boolean;
  /** The session of the request that was decided. */
  readonly session?: string;
}

/**
 * Takes a pressed button. Counts only where it was signed for this card and for the very person who
 * pressed it; a copied, old or made-up one decides nothing.
 */
export async function answerByButton(deps: AnswerDeps, event: InboundEvent): Promise<Answered> {
  const approval = await findApproval(deps.store, codeIn(event.text) ?? '');
  const verb = approval && deps.callbacks.verify(event.text, approval.card, event.sender.id);
  if (!approval || !verb) return { note: 'This button is not valid any more.', stop: false };
  const result = await deps.approvals.answer({
    ref: approval.id,
    verdict: verb === 'yes' ? 'approve' : 'deny',
    by: { surface: event.from.channel, id: event.sender.id },
    typed: false,
  });
  return told(result, verb === 'stop');
}

/** Takes a typed answer. Only in a direct chat, where nobody else can have written it. */
export async function answerByText(
  deps: AnswerDeps,
  event: InboundEvent,
  { verdict, code }: Control & { kind: 'answer' },
): Promise<Answered> {
  if (event.isGroup) return { note: 'Decide in our direct chat, not in a group.', stop: false };
  const by = { surface: event.from.channel, id: event.sender.id };
  const asked = await findApproval(deps.store, code);
  const notHere = asked?.state === 'pending' && deps.notHere(by.surface, asked.card);
  if (verdict === 'approve' && notHere) return { note: notHere, stop: false };
  return told(await deps.approvals.answer({ ref: code, verdict, by, typed: true }), false);
}

/** Anybody whom we hear may stop everything from anywhere; letting it go on is not for a group to see. */
export async function answerHalt(
  { halt }: AnswerDeps,
  event: InboundEvent,
  control: HaltControl,
): Promise<string> {
  const by = { surface: event.from.channel, id: event.sender.id };
  if (control.kind === 'panic') return halt.panic(by);
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  return control.kind === 'resume' ? halt.resume(by, control.proof) : halt.status();
}

function told(result: AnswerResult, stop: boolean): Answered {
  if (!result.ok) return { note: result.message, stop: false };
  const { card, state, request } = result.approval;
  const session = request.context.session;
  const note = `${state === 'approved' ? 'Approved' : 'Denied'}: ${card.code}`;
  return { note, stop, ...(session === undefined ? {} : { session }) };
}
