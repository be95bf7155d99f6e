import type { AnswerResult, Approval, Decider } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { InboundEvent } from '../domain/event.ts';
import { personOf } from '../domain/sender.ts';
import { lifetimeWords, offerLine, offerScope } from '../domain/standing-approval.ts';
import type { Store } from '../domain/store.ts';
import { type StandChoice, yesWords } from '../domain/typed-answer.ts';
import type { Approvals } from '../governance/approvals/approvals.ts';
import { type Callbacks, codeIn } from '../governance/approvals/callback.ts';
import { findApproval } from '../store/tables/approvals.ts';
import type { Control } from './control.ts';
import type { HaltDoor } from './halt-door.ts';

export interface AnswerDeps {
  readonly store: Store;
  readonly approvals: Approvals;
  readonly callbacks: Callbacks;
  /** Lets an offer of a card stand from now on, and answers the card with yes. */
  readonly stand: (
    choice: StandChoice & { readonly ref: string },
    proof: { readonly by: Decider; readonly code?: string },
  ) => Promise<{ readonly ok: boolean; readonly message?: string }>;
  readonly halt: HaltDoor;
  /**
   * Why a card cannot be approved on a channel, `stands`: by a yes that stands; undefined where it was shown
   * there whole and what proves somebody there is enough.
   */
  readonly notHere: (channel: string, card: Card, stands: boolean) => string | undefined;
}

export interface Answered {
  /** What the person who answered is told. */
  readonly note: string;
  /** More than a note on a button can hold: sent to the chat. */
  readonly message?: string;
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
  const verb = approval && deps.callbacks.verify(event.text, approval.card, personOf(event));
  if (!approval || !verb) return { note: 'This button is not valid any more.', stop: false };
  const by = { surface: event.from.channel, id: event.sender.id };
  const mayNotStand =
    (verb === 'always' || verb === 'hour') && deps.notHere(by.surface, approval.card, true);
  if (mayNotStand) return { note: mayNotStand, stop: false };
  if (verb === 'always') return { note: 'Which?', message: offersText(approval.card), stop: false };
  if (verb === 'hour') return stand(deps, approval, { choice: FOR_AN_HOUR, by });
  const result = await deps.approvals.answer({
    ref: approval.id,
    by,
    typed: false,
    step: verb === 'first',
    verdict: verb === 'yes' || verb === 'first' ? 'approve' : 'deny',
  });
  return told(result, verb === 'stop');
}

const FOR_AN_HOUR: StandChoice = { offer: 0, lifetime: '1h' };

/** Takes a typed answer. Only in a direct chat, where nobody else can have written it. */
export async function answerByText(
  deps: AnswerDeps,
  event: InboundEvent,
  { verdict, code, proof, stand: choice, step = false }: Control & { kind: 'answer' },
): Promise<Answered> {
  if (event.isGroup) return { note: 'Decide in our direct chat, not in a group.', stop: false };
  const by = { surface: event.from.channel, id: event.sender.id };
  const asked = await findApproval(deps.store, code);
  const stands = choice !== undefined;
  const notHere = asked?.state === 'pending' && deps.notHere(by.surface, asked.card, stands);
  if (verdict === 'approve' && notHere) return { note: notHere, stop: false };
  const proven = proof === undefined ? {} : { code: proof };
  if (asked && choice && verdict === 'approve')
    return stand(deps, asked, { choice, by, ...proven });
  const given = { ref: code, verdict, by, typed: true, step, ...proven };
  return told(await deps.approvals.answer(given), false);
}

/** Lets an offer stand. Where that needs a code, it says how to send one with it. */
async function stand(
  deps: AnswerDeps,
  { id, card, request }: Approval,
  {
    choice,
    ...proof
  }: { readonly choice: StandChoice; readonly by: Decider; readonly code?: string },
): Promise<Answered> {
  if (card.offerFactor === 'totp' && proof.code === undefined)
    return {
      note: `Needs your second factor. Reply: ${standWords(card, choice)} 123456`,
      stop: false,
    };
  const result = await deps.stand({ ref: id, ...choice }, proof);
  const session = request.context.session;
  const note = result.ok
    ? `Approved, and allowed for ${lifetimeWords[choice.lifetime]}: ${card.code}`
    : (result.message ?? 'That could not be done.');
  return { note, stop: false, ...(session === undefined ? {} : { session }) };
}

const standWords = ({ code }: Card, { offer, lifetime }: StandChoice): string =>
  lifetime === '1h' ? `ok ${code} 1h` : `ok ${code} always ${offer + 1}`;

/** What could stand, exactly as it would be kept, and what to reply for each. */
function offersText(card: Card): string {
  const digits = card.offerFactor === 'totp' ? ' 123456' : '';
  const offers = card.offers ?? [];
  return [
    `Always allow which? It would be kept exactly like this, for ${lifetimeWords['30d']}:`,
    ...offers.flatMap((offer, at) => [
      `${at + 1}. ${offerLine(offer)}`,
      `   ${offerScope(offer).join(' · ')}`,
      `   reply: ok ${card.code} always ${at + 1}${digits}`,
    ]),
  ].join('\n');
}

/** What somebody is told whose message rests until a card is answered. */
export const waitingWords = (card: Card): string =>
  `Waiting for ${card.code}: reply “${yesWords(card)}” or “no ${card.code}”. Your message is queued.`;

function told(result: AnswerResult, stop: boolean): Answered {
  if (!result.ok) return { note: result.message, stop: false };
  const { card, state, request } = result.approval;
  const session = request.context.session;
  const note = `${state === 'approved' ? 'Approved' : 'Denied'}: ${card.code}`;
  return { note, stop, ...(session === undefined ? {} : { session }) };
}
