import type { Log } from '../../base/log.ts';
import type { Address } from '../../domain/address.ts';
import { answerInForm, formIn } from '../../domain/approval-form.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { type Accepting, inTurn, keepEvent } from '../taking.ts';
import { type Answer, type CallSlack, isRecord } from './api.ts';
import { type Brought, isElsewhere } from './brought.ts';
import { commandOf, type EventDeps, messageOf, pressOf, typedOf } from './events.ts';
import type { Me } from './me.ts';
import { modalOf, typedIn } from './modal.ts';

export interface IntakeDeps extends EventDeps {
  readonly log: Log;
  readonly call: CallSlack;
  me(): Promise<Me>;
  readonly accept: Accepting;
  /** True where we have said something in a thread. */
  readonly isOurs: (thread: Address) => Promise<boolean>;
}

/**
 * Takes what Slack brings, one after the other. Resolves once it is durable, with what it is answered with
 * where that says anything; rejects with AtomError `unavailable` where it could not be stored.
 */
export type Intake = (brought: Brought) => Promise<Answer | undefined>;

/** A form has to be opened this soon after the press. */
const OPEN_MS = 2500;

export function createIntake(deps: IntakeDeps): Intake {
  const turn = inTurn();
  return (brought) => turn(() => take(deps, brought));
}

async function take(deps: IntakeDeps, brought: Brought): Promise<Answer | undefined> {
  const me = await deps.me();
  if (isElsewhere(brought, me)) {
    deps.log.warn('what came from another workspace was passed over');
    return undefined;
  }
  if (brought.kind === 'command') return store(deps, commandOf(deps, brought.form, me));
  const { payload } = brought;
  if (brought.kind === 'event') {
    const { event: inside, is_ext_shared_channel } = payload;
    const event = isRecord(inside)
      ? messageOf(deps, { ...inside, is_ext_shared_channel }, me)
      : undefined;
    return (await isForUs(deps, event)) ? store(deps, event) : undefined;
  }
  return payload.type === 'view_submission'
    ? submitted(deps, payload, me)
    : pressed(deps, payload, me);
}

/** Of channels only what speaks to us is kept, and what is said in threads that we are part of. */
async function isForUs({ isOurs }: IntakeDeps, event: InboundEvent | undefined): Promise<boolean> {
  return event !== undefined && (event.mentionsMe || (await isOurs(event.from)));
}

async function pressed(deps: IntakeDeps, payload: Answer, me: Me): Promise<undefined> {
  const press = payload.type === 'block_actions' ? pressOf(deps, payload, me) : undefined;
  const form = press && formIn(press.text);
  if (!form || !press) return store(deps, press);
  const opened = { trigger_id: payload.trigger_id, view: modalOf(form, press.text) };
  // Whoever pressed can press again: it decided nothing.
  await deps
    .call('views.open', opened, AbortSignal.timeout(OPEN_MS))
    .catch((error: unknown) => deps.log.warn(`a form could not be opened: ${String(error)}`));
}

async function submitted(deps: IntakeDeps, payload: Answer, me: Me): Promise<Answer | undefined> {
  const { view, user } = payload;
  if (!isRecord(view) || !isRecord(user)) return undefined;
  const text = answerInForm(String(view.private_metadata), typedIn(view));
  if (text === undefined)
    return { response_action: 'errors', errors: { code: 'That is not what it asks for.' } };
  return store(deps, typedOf(deps, { user, id: `${view.id}/${view.hash}`, text }, me));
}

async function store({ accept }: IntakeDeps, event: InboundEvent | undefined): Promise<undefined> {
  // In a thread that we are part of, everybody speaks to us.
  if (event !== undefined) await keepEvent(accept, { ...event, mentionsMe: true });
}
