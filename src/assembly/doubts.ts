import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { excerpt } from '../base/excerpt.ts';
import { newId } from '../base/ids.ts';
import { type Json, wellFormed } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import { type Run, runCode } from '../domain/run.ts';
import { begunOf, fieldOf } from '../store/tables/run-record.ts';
import { endRun, uncertainRuns } from '../store/tables/runs.ts';
import type { Records } from './record.ts';

/** What the owner says of a run that nobody knows the end of. */
export type DoubtWord = 'happened' | 'again' | 'forget';

/** Runs that may have happened, and the owner’s word on them. */
export interface Doubts {
  /** How many there are. */
  count(): Promise<number>;
  /**
   * Settles one, by its code or id. `again` asks for the same once more, as whoever asked first, and
   * everything is decided anew; its outcome is resolved to. Throws AtomError `not-found`.
   */
  settle(ref: string, word: DoubtWord): Promise<Outcome | undefined>;
}

export interface DoubtParts {
  readonly records: Pick<Records, 'store' | 'audit'>;
  readonly now: () => number;
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
  return {
    count: async () => (await uncertainRuns(store)).length,
    settle: async (ref, word) => {
      const run = await uncertainNamed(parts, ref);
      const request = wish.safeParse(run.request).data;
      if (word === 'again' && !request)
        throw new AtomError('usage', `${runCode(run.id)} can only be asked for anew.`, {
          next: [`atom runs settle ${runCode(run.id)} --forget`],
        });
      await close(parts, run, word);
      return word === 'again' && request ? askAgain(parts, run, request) : undefined;
    },
  };
}

/** What the owner is told of a run that a crash cut off. */
export async function doubtWords({ store }: Pick<Records, 'store'>, run: Run): Promise<string> {
  const begun = await begunOf(store, run.id);
  const words = begun && fieldOf(begun, 'words');
  const what = Array.isArray(words) ? words.map(String).join(' ') : run.action;
  const code = runCode(run.id);
  return `atom stopped in the middle of this, and nobody knows how far it got, so it is not repeated: ${visible(excerpt(what, 300))}\nLook, then say what is true:   atom runs settle ${code} --happened (or --again, or --forget)`;
}

async function uncertainNamed({ records }: DoubtParts, ref: string): Promise<Run> {
  const found = (await uncertainRuns(records.store)).filter(
    ({ id }) => id === ref || runCode(id) === ref.toLowerCase(),
  );
  const [run] = found;
  if (run && found.length === 1) return run;
  const why = run ? `Several runs are called ${ref}.` : `No run ${ref} is in doubt.`;
  throw new AtomError('not-found', why, { next: ['See the latest:   atom runs list'] });
}

const RESULTS: Readonly<Record<DoubtWord, Outcome>> = {
  happened: { ok: true, value: { note: 'It happened, says the owner.' } },
  again: { ok: false, reason: 'uncertain', message: 'The owner had it done again.' },
  forget: { ok: false, reason: 'uncertain', message: 'The owner let it rest.' },
};

const close = ({ records, now }: DoubtParts, run: Run, word: DoubtWord): Promise<void> =>
  records.store.tx(async (sql) => {
    const state = word === 'happened' ? 'done' : 'failed';
    const result = wellFormed(RESULTS[word] as unknown as Json);
    await endRun(sql, run.id, { state, result, at: now() });
    await records.audit(sql, 'run.settled', { run: run.id, action: run.action, word });
  });

function askAgain(
  { performAs, performAsOwner }: DoubtParts,
  run: Run,
  { principal, action, resource, session, event }: z.output<typeof wish>,
): Promise<Outcome> {
  const perform = principal.kind === 'agent' ? performAs(principal.id) : performAsOwner;
  return perform({
    ...{ id: `again:${newId()}`, action, resource: resource as Json },
    context: {
      because: `the owner asks for ${runCode(run.id)} again`,
      ...(session === undefined ? {} : { session }),
      ...(event === undefined ? {} : { event }),
    },
  });
}
