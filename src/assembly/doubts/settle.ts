import { z } from 'zod';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { type Json, wellFormed } from '../../base/json.ts';
import type { Outcome } from '../../domain/action.ts';
import type { DoubtWord } from '../../domain/doubt.ts';
import { type Run, runCode } from '../../domain/run.ts';
import { endRun, findRun } from '../../store/tables/runs.ts';
import { settledAlready, uncertainNamed } from './named.ts';
import { tellSettled } from './notices.ts';
import type { Again, DoubtOptions, DoubtParts, Settled, Settling } from './parts.ts';

const wish = z.object({
  principal: z.object({ kind: z.string(), id: z.string() }),
  action: z.string(),
  resource: z.json(),
  session: z.string().optional(),
  event: z.string().optional(),
});

/** Puts the owner's word on record, once, has the alerts say so, and asks again where that is the word. */
export async function settleDoubt(
  options: DoubtOptions,
  parts: DoubtParts,
  { ref, ...settling }: Settling & { readonly ref: string },
): Promise<Settled> {
  const { word } = settling;
  const run = await uncertainNamed(parts.records.store, ref);
  const request = wish.safeParse(run.request).data;
  if (word === 'again' && !request)
    throw new AtomError('usage', `${runCode(run.id)} can only be asked for anew.`, {
      next: [`atom runs settle ${runCode(run.id)} --forget`],
    });
  await close(options, parts, { run, ...settling });
  await tellSettled(options, parts, { run, ...settling }).catch((error: unknown) =>
    // It is settled, whatever becomes of its alerts.
    options.log.warn(`an alert of ${runCode(run.id)} stays as it was: ${String(error)}`),
  );
  return word === 'again' && request
    ? { run, again: askAgain(options, parts, { run, request }) }
    : { run };
}

const RESULTS: Readonly<Record<DoubtWord, Outcome>> = {
  happened: { ok: true, value: { note: 'It happened, says the owner.' } },
  again: { ok: false, reason: 'uncertain', message: 'The owner had it done again.' },
  forget: { ok: false, reason: 'uncertain', message: 'The owner let it rest.' },
};

const close = (
  { clock }: DoubtOptions,
  { records }: DoubtParts,
  { run: { id, action }, word, by }: Settling & { readonly run: Run },
): Promise<void> =>
  records.store.tx(async (sql) => {
    // Two answers may come at once, and only one of them does it again.
    if ((await findRun(sql, id))?.state !== 'uncertain') throw settledAlready(runCode(id));
    const state = word === 'happened' ? 'done' : 'failed';
    const result = wellFormed(RESULTS[word] as unknown as Json);
    await endRun(sql, id, { state, result, at: clock.now() });
    await records.audit(sql, 'run.settled', { run: id, action, word, by: { ...by } });
  });

async function askAgain(
  { emit }: DoubtOptions,
  { performAs, performAsOwner }: DoubtParts,
  { run, request }: { readonly run: Run; readonly request: z.output<typeof wish> },
): Promise<Again> {
  const { principal, action, resource, session, event } = request;
  const perform = principal.kind === 'agent' ? performAs(principal.id) : performAsOwner;
  const id = `again:${newId()}`;
  const context = {
    because: `the owner asks for ${runCode(run.id)} again`,
    ...(session === undefined ? {} : { session }),
    ...(event === undefined ? {} : { event }),
  };
  const outcome = await perform({ id, action, resource: resource as Json, context }).catch(
    (error: unknown): Outcome => ({
      ok: false,
      reason: 'failed',
      message: asAtomError(error).message,
    }),
  );
  // Where it waited for a yes, that was shown as its message's turn, and no turn will end it.
  if (session !== undefined && event !== undefined)
    emit({ kind: 'turn', session, event, state: { step: 'ended', result: 'replied' } });
  return { code: runCode(id), outcome };
}
