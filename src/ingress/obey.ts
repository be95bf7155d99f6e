import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { answerByText } from './answers.ts';
import { type Control, isHaltControl, isRunControl } from './control.ts';
import { answerHalt } from './halt-answers.ts';
import type { IngressDeps } from './ingress-deps.ts';
import { refusalOf } from './may-order.ts';
import { pair } from './pair-answers.ts';
import type { Said } from './pair-door.ts';
import { answerOnRuns } from './run-answers.ts';
import { stopHere } from './stop-here.ts';
import { answerTalk } from './talk-answers.ts';

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
  const refusal = refusalOf(control, event, { role, isUser: deps.userOf(event) !== undefined });
  if (refusal !== undefined) return refusal;
  if (control.kind === 'answer') return (await answerByText(deps, event, control)).note;
  if (control.kind === 'bare-code') return BARE_CODE;
  if (control.kind === 'agent') return deps.chooseAgent({ ...event, session }, control.name);
  if (control.kind === 'feed') return event.isGroup ? NOT_IN_GROUP : deps.latestPosts(event);
  if (isRunControl(control)) return answerOnRuns(deps, event, { control, session });
  if (control.kind === 'pair' || control.kind === 'pair-approve') return pair(deps, event, control);
  if (isHaltControl(control)) return answerHalt(deps, control, { session, event, role });
  if (control.kind !== 'stop' && control.kind !== 'new')
    return answerTalk(deps.talks, control, { session, event, role });
  return stopHere(deps, event, { session, role, fresh: control.kind === 'new' });
}

const NOT_IN_GROUP = 'I tell that in our direct chat, not in a group.';

const BARE_CODE =
  'A code alone answers nothing, and it was not kept. Say which card it is for: ok k7p2 123456';
