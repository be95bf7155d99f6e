import { z } from 'zod';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { type Json, wellFormed } from '../../base/json.ts';
import type { Outcome, Perform } from '../../domain/action.ts';
import type { DoubtWord } from '../../domain/doubt.ts';
import { type Run, runCode } from '../../domain/run.ts';
import type { DoubtDoor } from '../../ingress/doubt-door.ts';
import { endRun, findRun, uncertainRuns } from '../../store/tables/runs.ts';
import type { Records } from '../record.ts';
import type { DoorParts } from './door.ts';
import { isDoubtCode, settledAlready, uncertainNamed } from './named.ts';
import type { Settling } from './notices.ts';

/** What came of a run that was asked for once more, and its own code. */
export interface Again {
  readonly code: string;
  readonly outcome: Outcome;
}

/** `again`: where it was to be done again; never rejects. */
export interface Settled {
  readonly run: Run;
  readonly again?: Promise<Again>;
}

/** Runs that may have happened, and the owner’s word on them. */
export interface Doubts {
  /** What they are called. */
  codes(): Promise<readonly string[]>;
  /**
   * Settles one, by its code or id, once. `again` asks for the same once more, as whoever asked first, and
   * everything is decided anew. Throws AtomError `not-found`.
   */
  settle(ref: string, settling: Settling): Promise<Settled>;
  /** The same from a chat, in words. */
  readonly door: DoubtDoor;
}

export interface DoubtParts extends DoorParts {
  readonly records: DoorParts['records'] & Pick<Records, 'audit'>;
  readonly performAs: (agent: string) => Perform;
  readonly performAsOwner: Perform;
}

const wish = z.object({
  principal: z.object({ kind: z.string(), id: z.string() }),
  action: z.string(),
  resource: z.json(),
  session: z.string().optional(),
  event: z.string().optional(),
});

export function createDoubts(parts: DoubtParts): Doubts {
  const { store } = parts.records;
  const codes = async () => (await uncertainRuns(store)).map(({ id }) => runCode(id));
  const settle: Doubts['settle'] = async (ref, settling) => {
    const { word } = settling;
    const run = await uncertainNamed(store, ref);
    const request = wish.safeParse(run.request).data;
    if (word === 'again' && !request)
      throw new AtomError('usage', `${runCode(run.id)} can only be asked for anew.`, {
        next: [`atom runs settle ${runCode(run.id)} --forget`],
      });
    await close(parts, run, settling);
    await tell(parts, run, settling);
    return word === 'again' && request ? { run, again: askAgain(parts, run, request) } : { run };
  };
  const deps = { ...parts, settle };
  return {
    codes,
    settle,
    door: {
      isNamed: (code) => isDoubtCode(store, code),
      list: async () => (await loadDoor()).listDoubts(parts),
      settle: async (event, answer) => (await loadDoor()).settleFrom(deps, event, answer),
      press: async (event) => (await loadDoor()).pressDoubt(deps, event),
    },
  };
}

// Seldom needed: most gateways end as they should.
const loadDoor = () => import('./door.ts');
const loadNotices = () => import('./notices.ts');

/** It is settled, whatever becomes of its notices. */
async function tell(parts: DoubtParts, run: Run, settling: Settling): Promise<void> {
  try {
    await (await loadNotices()).tellSettled(parts, run, settling);
  } catch (error) {
    parts.log.warn(`a notice of ${runCode(run.id)} stays as it was: ${String(error)}`);
  }
}

const RESULTS: Readonly<Record<DoubtWord, Outcome>> = {
  happened: { ok: true, value: { note: 'It happened, says the owner.' } },
  again: { ok: false, reason: 'uncertain', message: 'The owner had it done again.' },
  forget: { ok: false, reason: 'uncertain', message: 'The owner let it rest.' },
};

const close = (
  { records, clock }: DoubtParts,
  { id, action }: Run,
  { word, by }: Settling,
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
  { performAs, performAsOwner }: DoubtParts,
  run: Run,
  { principal, action, resource, session, event }: z.output<typeof wish>,
): Promise<Again> {
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
  return { code: runCode(id), outcome };
}
