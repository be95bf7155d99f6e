import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Store } from '../../domain/store.ts';
import { sentWords } from '../../store/tables/outbox.ts';
import { lastSeenIn, noteSeen } from '../../store/tables/whatsapp.ts';
import type { AskAnswer } from './child/ask.ts';
import type { Ask, WireMessage } from './frames.ts';
import { type Keep, SINCE } from './keep.ts';
import { shownText } from './shown-text.ts';

export interface AnswerDeps {
  readonly store: Store;
  readonly keep: Keep;
  readonly log: Log;
  /** The event in a message; undefined where there is nothing for us in it. */
  read(message: WireMessage): Promise<InboundEvent | undefined>;
  /** Resolves once the event is durable. */
  accept(event: InboundEvent): Promise<void>;
  /** Told of what was taken in. */
  taken(event: InboundEvent): void;
}

/** Does what the child stands still for. Throws where it could not: then the child ends. */
export async function answerAsk(deps: AnswerDeps, ask: Ask): Promise<AskAnswer> {
  const { keep, store } = deps;
  switch (ask.ask) {
    case 'read':
      return { values: await keep.read(ask.kind, ask.ids) };
    case 'write':
      await keep.write(ask.changes);
      return {};
    case 'message':
      await takeIn(deps, ask.message);
      return {};
    case 'sent': {
      // Whoever could not read it the first time is shown what everybody else was.
      const sent = await sentWords(store, 'whatsapp', ask.id);
      return sent ? { text: shownText(sent) } : {};
    }
  }
}

async function takeIn(deps: AnswerDeps, message: WireMessage): Promise<void> {
  const { store, log } = deps;
  const event = await deps.read(message);
  if (event === undefined || (message.offline && (await isOld(store, event)))) return;
  try {
    await deps.accept(event);
  } catch (thrown) {
    log.error(`a message could not be stored, so WhatsApp keeps it: ${String(thrown)}`);
    throw thrown;
  }
  await noteSeen(store, event.from.peer, event.at);
  deps.taken(event);
}

/** What waited on the server is news unless it is older than what this chat has shown already. */
async function isOld(store: Store, { from, at }: InboundEvent): Promise<boolean> {
  const seen = (await lastSeenIn(store, from.peer)) ?? (await lastSeenIn(store, SINCE));
  return seen !== undefined && at < seen;
}
