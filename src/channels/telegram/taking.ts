import type { Update, UserFromGetMe } from 'grammy/types';
import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { redact } from '../../base/redact.ts';
import type { InboundEvent } from '../../domain/event.ts';

export interface TakingDeps {
  readonly log: Log;
  /** The event in an update; undefined where there is nothing for us in it. */
  read(update: Update, me: UserFromGetMe): InboundEvent | undefined;
  /** Resolves once the event is durable. */
  accept(event: InboundEvent): Promise<void>;
}

/** What Telegram is asked to tell us. It remembers the last list that it was given. */
export const WANTED = ['message', 'edited_message', 'callback_query'] as const;

/** Resolves once what is in an update is durable. Throws AtomError, and then Telegram keeps it. */
export async function takeUpdate(
  deps: TakingDeps,
  update: Update,
  me: UserFromGetMe,
): Promise<void> {
  const event = readable(deps, update, me);
  if (event === undefined) return;
  try {
    await deps.accept(event);
  } catch (cause) {
    const why = redact(asAtomError(cause).message);
    const words = `a message could not be stored (${why}); Telegram keeps it until it can`;
    throw new AtomError('failed', words, { cause });
  }
}

/** An update that makes no sense is passed over: offered again, it would make none either. */
function readable(deps: TakingDeps, update: Update, me: UserFromGetMe): InboundEvent | undefined {
  try {
    return deps.read(update, me);
  } catch (cause) {
    deps.log.warn('an update could not be read', {
      update: update.update_id,
      why: asAtomError(cause).message,
    });
    return undefined;
  }
}
