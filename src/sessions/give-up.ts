import type { Clock } from '../base/clock.ts';
import { asIs, type Hint } from '../base/hint.ts';
import { visible } from '../base/visible.ts';
import { markHandled, PUT_ASIDE } from '../store/tables/spool.ts';
import { appendItem } from '../store/tables/transcript.ts';
import { broke, type EndingDeps, type Head, ifMine, MOST_ATTEMPTS, reply } from './ending.ts';

export interface GivingUpDeps extends EndingDeps {
  readonly clock: Clock;
  /** For the commands that it names; as they are unless told. */
  readonly hint?: Hint;
}

/**
 * Puts a message aside that broke its turn each time, and says so. Where that cannot be queued it is tried
 * again, and after as many times more it is put aside in silence: nothing behind it waits for ever.
 */
export async function giveUp(deps: GivingUpDeps, head: Head, attempts: number): Promise<number> {
  const { event, hold } = head;
  const sorry = `I tried ${MOST_ATTEMPTS} times and something broke each time, so I put your message aside`;
  const { hint = asIs } = deps;
  const how = hint('What broke, and how to try it again: atom spool list');
  const text = `${sorry}: ${excerpt(event.text)}\n${how}`;
  try {
    await noteInConversation(deps, head, sorry);
    return await reply(deps, head, { text, kind: PUT_ASIDE }, head.hold.lost);
  } catch (error) {
    await broke(deps, head, { attempts, error });
    if (attempts <= 2 * MOST_ATTEMPTS) return 0;
    deps.log.error('put aside in silence', { event: event.id });
    const mine = await ifMine(deps.store, hold, (sql) => markHandled(sql, event.id, PUT_ASIDE));
    return mine ? 1 : 0;
  }
}

/** Or the next turn would find the message without an answer, and do what it asks for. */
const noteInConversation = (
  { store, clock }: GivingUpDeps,
  { event, session, hold }: Head,
  text: string,
): Promise<boolean> =>
  ifMine(store, hold, (sql) =>
    appendItem(sql, {
      session: session.id,
      talk: session.talk,
      event: event.id,
      at: clock.now(),
      labels: { integrity: 'owner', confidentiality: 'private' },
      item: { role: 'assistant', text: `${text}.`, calls: [], final: true },
    }),
  );

const EXCERPT = 100;

const excerpt = (text: string): string =>
  visible(text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 1).toWellFormed()}…`);
