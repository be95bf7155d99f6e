import { AtomError } from '../../base/errors.ts';
import type { Address } from '../../domain/address.ts';
import { type DoubtAnswer, type DoubtWord, doubtChoices } from '../../domain/doubt.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { runCode } from '../../domain/run.ts';
import { personOf } from '../../domain/sender.ts';
import type { Sql } from '../../domain/store.ts';
import { doubtNamedBy } from '../../governance/approvals/callback.ts';
import { queueText } from '../../outbox/queue.ts';
import { uncertainRuns } from '../../store/tables/runs.ts';
import { isDoubtCode, settledAlready } from './named.ts';
import { signedOf } from './notices.ts';
import type { DoubtOptions, DoubtParts, Settled } from './parts.ts';
import { settleDoubt } from './settle.ts';
import { againWords, deedWords } from './words.ts';

/** So many are read on a telephone. */
const MOST_LISTED = 12;

/** What is in doubt, and how it is settled. */
export async function listDoubts(store: Sql, { via }: Pick<InboundEvent, 'via'>): Promise<string> {
  const runs = await uncertainRuns(store);
  const [newest] = runs;
  if (!newest) return 'Nothing is in doubt: no run was cut off in the middle.';
  const lines = runs
    .slice(0, MOST_LISTED)
    .map(async (run) => `${runCode(run.id)} · ${await deedWords(store, run)}`);
  const more = runs.length - MOST_LISTED;
  return [
    'In doubt: cut off in the middle, and nobody knows how far it got. Nothing is repeated by itself.',
    ...(await Promise.all(lines)),
    ...(more > 0 ? [`and ${more} more`] : []),
    'Look, then say what is true:',
    // What a device or a program says does not settle one.
    ...(via
      ? [`atom runs settle ${runCode(newest.id)} --happened (or --again, or --forget)`]
      : doubtChoices(runCode(newest.id))),
  ].join('\n');
}

/** Settles one by words; what comes of it where it is done again is told later in the same chat. Throws AtomError. */
export async function settleFrom(
  options: DoubtOptions,
  parts: DoubtParts,
  { event, word, code }: Pick<DoubtAnswer, 'word' | 'code'> & { readonly event: InboundEvent },
): Promise<string> {
  const settled = await settleDoubt(options, parts, {
    ref: code,
    word,
    by: byOf(event),
    answered: event.from,
  });
  tellAgain(options, parts, { ...settled, to: event.from });
  return noteOf(word, code);
}

/**
 * Settles one by a button. Counts only where it was signed for this run and for the very person who pressed
 * it, in a chat that they read alone; a copied, old or made-up one settles nothing.
 */
export async function pressDoubt(
  options: DoubtOptions,
  parts: DoubtParts,
  event: InboundEvent,
): Promise<string> {
  const named = doubtNamedBy(event.text);
  if (event.claimed) return NOT_PROVEN;
  if (!named || event.isGroup) return 'Do that in our direct chat, with a button of mine.';
  const { word, code } = named;
  const { store, callbacks } = parts.records;
  const run = (await uncertainRuns(store)).find(({ id }) => runCode(id) === code);
  if (!run) return (await isDoubtCode(store, code)) ? settledAlready(code).message : VOID;
  if (callbacks.verify(event.text, signedOf(run), personOf(event)) !== word)
    return `${VOID} Send /runs to settle ${code}.`;
  try {
    const settled = await settleDoubt(options, parts, { ref: run.id, word, by: byOf(event) });
    tellAgain(options, parts, { ...settled, to: event.from });
  } catch (error) {
    // Somebody else was faster, or it cannot be done again: it is no use to bring the press again.
    if (error instanceof AtomError) return error.message;
    throw error;
  }
  return noteOf(word, code);
}

const byOf = ({ from, sender }: InboundEvent) => ({ surface: from.channel, id: sender.id });

const NOT_PROVEN =
  'Here anybody could write in your name: settle it in another chat, or at the terminal.';

const VOID = 'This button is not valid any more.';

const NOTES: Readonly<Record<DoubtWord, string>> = {
  happened: 'it happened, then. Nothing more is done.',
  again: 'it is done again. I tell you here what comes of it.',
  forget: 'let rest. Nothing more is done.',
};

const noteOf = (word: DoubtWord, code: string): string => `${code}: ${NOTES[word]}`;

function tellAgain(
  { clock, log, paths }: DoubtOptions,
  { records, channels }: DoubtParts,
  { run, again, to }: Settled & { readonly to: Address },
): void {
  const tell = async (): Promise<void> => {
    const came = await again;
    if (!came) return;
    const text = againWords(run, came, paths.profile);
    await records.store.tx((sql) =>
      queueText(sql, channels.facts(to.channel), {
        id: `doubt:${run.id}:again`,
        to,
        text,
        at: clock.now(),
      }),
    );
    records.bus.tell('outbound', undefined);
  };
  tell().catch((error: unknown) =>
    log.warn(`what came of ${runCode(run.id)} is not told: ${String(error)}`),
  );
}
