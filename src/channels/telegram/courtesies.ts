import type { Api } from 'grammy';
import { capped } from '../../base/capped.ts';
import type { Log } from '../../base/log.ts';
import type { Address } from '../../domain/address.ts';
import { forGrammy } from './api.ts';
import { troubleOf } from './errors.ts';
import { numeric, placement } from './send.ts';

export interface CourtesyDeps {
  readonly api: () => Promise<Api>;
  readonly log: Log;
  readonly token: string;
}

/** core.telegram.org/bots/api#answercallbackquery: 200 characters. */
const MAX_NOTE = 200;

/** Lets the phone know that its button press arrived. */
export const answerPress = (deps: CourtesyDeps, query: string, note: string): Promise<void> =>
  tried(deps, 'button press not answered', async () =>
    (await deps.api()).answerCallbackQuery(query, { text: capped(note, MAX_NOTE) }, briefly()),
  );

export const showTyping = (deps: CourtesyDeps, to: Address): Promise<void> =>
  tried(deps, 'typing not shown', async () =>
    (await deps.api()).sendChatAction(numeric(to.peer, 'chat'), 'typing', placement(to), briefly()),
  );

const briefly = () => forGrammy(AbortSignal.timeout(10_000));

/** For what is nice to have: a failure is a line in the log. */
export async function tried(
  { log, token }: CourtesyDeps,
  what: string,
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await call();
  } catch (thrown) {
    log.debug(what, { reason: troubleOf(thrown, token).words });
  }
}
