import { digestOf } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import type { ActionRequest, Outcome } from '../domain/action.ts';
import { isAllOrNothing } from '../domain/repeatable.ts';
import { refused } from './request.ts';

type Ended = Pick<ActionRequest, 'action' | 'resource'>;
type Fields = { readonly [key: string]: Json };

/** How a run ended, for those who read the record: of its output no more than the digest. */
export const endOnRecord = ({ action, resource }: Ended, outcome: Outcome): Fields => ({
  result: digestOf(outcome as unknown as Json),
  ...(outcome.ok
    ? {
        ...endingOf(outcome.value),
        ...contactsOf(action, outcome.value),
        ...tokensOf({ action, resource }, outcome.value),
      }
    : {
        reason: outcome.reason,
        message: outcome.message,
        ...(outcome.ending === undefined ? {} : { ending: outcome.ending }),
      }),
});

/** True for what was killed on somebody's word: it printed something, and is not done all the same. */
export const wasCut = (outcome: Outcome): boolean =>
  outcome.ok && endingOf(outcome.value).ending === 'stopped';

/** The same in a few words, for the log. */
export function endWords(outcome: Outcome): string {
  if (!outcome.ok) return `${outcome.reason}: ${outcome.message}`;
  const { exit, ending } = endingOf(outcome.value);
  if (typeof exit === 'number') return `exit code ${exit}`;
  return typeof ending === 'string' ? `by ${ending}` : 'done';
}

/** How a command ended and who stopped it, and what was moved out of its jail. */
function endingOf(value: Json): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const { exit, ending, signal, by, quarantined } = value as Fields;
  const told =
    ending === undefined ? { exit, quarantined } : { exit, ending, signal, by, quarantined };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

/** Whom a command spoke to through the proxy, and how much. Only atom itself says so of a command. */
function contactsOf(action: string, value: Json): Fields {
  if (action !== 'shell.exec') return {};
  const { contacts } = value as Fields;
  return contacts === undefined ? {} : { contacts };
}

/** Which model answered and how long that was, as its provider counts. */
function tokensOf({ action, resource }: Ended, value: Json): Fields {
  if (action !== 'llm.complete') return {};
  const { input, output, cached, reasoning } = (value as { readonly usage: Fields }).usage;
  if (input === undefined || output === undefined) return {};
  const parts = {
    ...(cached === undefined ? {} : { cached }),
    ...(reasoning === undefined ? {} : { reasoning }),
  };
  return { model: (resource as Fields).model ?? null, tokens: { input, output, ...parts } };
}

/** What is told of a run whose end could not be recorded; `why` in words. */
export const unrecorded = (action: string, outcome: Outcome, why: string): Outcome =>
  // Nothing of it was done, and whoever is told so may ask again.
  !outcome.ok && isAllOrNothing(action)
    ? outcome
    : // It was done, so it must not pass for something that was not.
      refused('uncertain', `It ran, but how it ended could not be recorded: ${why}`);
