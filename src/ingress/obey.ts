import { type InboundEvent, speakerOf } from '../domain/event.ts';
import { deciderWords } from '../domain/halt.ts';
import type { Role } from '../domain/role.ts';
import { isTheirOwn } from '../domain/sender.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { startFresh } from '../store/tables/talks.ts';
import { answerByText } from './answers.ts';
import { type Control, isHaltControl } from './control.ts';
import { answerHalt } from './halt-answers.ts';
import type { IngressDeps } from './ingress-deps.ts';
import type { Said } from './pair-door.ts';
import { takeBack } from './undo-answers.ts';

/** What somebody of a role said, in a session by its key. */
export interface Obeyed {
  readonly control: Control;
  readonly session: string;
  readonly role: Role;
}

/** Does what a message means that never queues behind a turn; resolves to what its sender is told. */
export async function obey(
  deps: IngressDeps,
  event: InboundEvent,
  { control, session, role }: Obeyed,
): Promise<string | Said> {
  const refusal = refusalOf(control, event, role);
  if (refusal !== undefined) return refusal;
  if (control.kind === 'answer') return (await answerByText(deps, event, control)).note;
  if (control.kind === 'bare-code') return BARE_CODE;
  if (control.kind === 'agent')
    return deps.chooseAgent({ from: event.from, session }, control.name);
  if (control.kind === 'feed') return event.isGroup ? NOT_IN_GROUP : deps.latestPosts();
  if (control.kind === 'undo') return takeBack(deps, event, { list: control.list, session });
  if (control.kind === 'pair' || control.kind === 'pair-approve') return pair(deps, event, control);
  if (isHaltControl(control)) return answerHalt(deps, event, control);
  const who = deciderWords(speakerOf(event));
  const stopped = deps.stopTurn(session, who);
  if (control.kind === 'stop') return stopped ? 'Stopped.' : 'Nothing was running.';
  const known = await sessionByKey(deps.store, session);
  if (known) await deps.store.tx((sql) => startFresh(sql, known.id, { now: event.at }));
  return 'A fresh start: what was said before is no longer part of this conversation.';
}

function refusalOf(control: Control, event: InboundEvent, role: Role): string | undefined {
  if (!mayBeSaid(control, event))
    return event.via?.surface === 'terminal' ? NOT_IN_ANOTHER : NOT_BY_MESSAGE;
  if (!mayOrder(control, event, role)) return ONLY_OWNERS;
  return event.claimed && !isSafeFromAnybody(control) ? NOT_PROVEN : undefined;
}

function pair(
  { pair: door }: IngressDeps,
  event: InboundEvent,
  control: Extract<Control, { readonly kind: 'pair' | 'pair-approve' }>,
): Promise<string | Said> | string {
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  if (control.kind === 'pair')
    return readByClients(event) ? PAIR_THERE : door.code(event, control.as);
  const by = { surface: event.from.channel, id: event.sender.id };
  return door.approve(by, control.ref, control.proof);
}

/** Chats of the gateway itself: what is said there, every client that may read gets, now and later. */
const readByClients = ({ from: { channel } }: InboundEvent): boolean =>
  channel === 'terminal' || channel === 'device';

const PAIR_THERE =
  'Everything that is connected here would read the code. Get it at the terminal:   atom devices pair';

const NOT_IN_GROUP = 'I tell that in our direct chat, not in a group.';

export const ONLY_OWNERS = 'Only an owner of mine may do that.';

/** Everybody else stops and begins what is theirs alone; and whoever works here may stop everything. */
function mayOrder({ kind }: Control, event: InboundEvent, role: Role): boolean {
  if (role === 'owner' || (kind === 'panic' && role === 'member')) return true;
  return isTheirOwn(event) && (kind === 'stop' || kind === 'new');
}

/**
 * What a client of the gateway may do beyond speaking, its scopes say; and the methods of the gateway ask for
 * them. A message needs none but “chat”, so it answers no card and ends no halt.
 */
function mayBeSaid({ kind }: Control, { via }: InboundEvent): boolean {
  if (!via || kind === 'stop' || kind === 'new' || kind === 'panic' || kind === 'status')
    return true;
  return via.owner && (kind === 'undo' || kind === 'agent' || kind === 'feed');
}

/**
 * What may be done for a sender that can be forged: what stops, since whoever makes others stop gains nothing
 * by it; what is only told, since it is told to the true one; and the answer to a card, since nobody else has
 * its code.
 */
const isSafeFromAnybody = ({ kind }: Control): boolean =>
  ['stop', 'panic', 'status', 'answer', 'bare-code'].includes(kind);

const NOT_PROVEN =
  'Here anybody could write in your name, so I only take /stop, /panic, /status and answers to cards. Say it in another chat, or at the terminal.';

const NOT_BY_MESSAGE =
  'A message of a device or a program does not do that. Use its buttons, or the terminal.';

const NOT_IN_ANOTHER = 'Say that in a conversation of the terminal, and not in another chat.';

const BARE_CODE =
  'A code alone answers nothing, and it was not kept. Say which card it is for: ok k7p2 123456';
