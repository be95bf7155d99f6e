import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Action } from '../domain/action.ts';
import { runWords } from '../domain/undo-words.ts';
import { redeem } from '../governance/grant.ts';
import { namedRun } from './find-run.ts';
import type { Undo } from './undo.ts';

const resourceSchema = z.strictObject({
  /** The code or the id of a run; all of them where there is none. */
  run: z.string().min(1).optional(),
});
const factsSchema = z.object({ runs: z.array(z.string()) });

/** More than are ever kept. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * The action `undo.forget`: `{run?}`, drops the copies that undo keeps of a run, or of all. Its result is
 * `{forgotten}`, how many. Only the owner may ask for it, and nothing brings the copies back.
 */
export const createUndoForget = (undo: Pick<Undo, 'list' | 'forget'>): Action => ({
  name: 'undo.forget',
  prepare: async (resource, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner drops what undo keeps.');
    const { run: ref } = readAs(resourceSchema, resource, 'That cannot be forgotten');
    const all = await undo.list({ limit: ALL });
    const named = ref === undefined ? all : [namedRun(all, ref)];
    const runs = named.filter((one) => one !== undefined);
    if (runs.length === 0) throw none(ref);
    return {
      resource: ref === undefined ? {} : { run: runs[0]?.run ?? ref },
      facts: { runs: runs.map(({ run }) => run) },
      declared: { complexity: 4, why: 'drops copies that nothing brings back' },
      card: {
        kind: 'trust',
        words: [
          ref === undefined ? 'drop all copies of undo' : `drop the copies of run ${runs[0]?.code}`,
        ],
        may: ['remove the copies, but for those that other runs need'],
        undo: 'cannot be undone, and neither can what those runs changed',
        detail: runs.map((one) => `${one.code}  ${runWords(one)}`).join('\n'),
      },
    };
  },
  execute: async (grant) => {
    const { prepared } = redeem(grant);
    const { runs } = factsSchema.parse(prepared.facts);
    return { forgotten: await undo.forget(new Set(runs)) };
  },
});

const none = (ref: string | undefined): AtomError =>
  new AtomError(
    'not-found',
    ref === undefined ? 'Undo keeps nothing.' : `There is no run ${ref} that undo keeps.`,
    { next: ['See what it keeps:   atom undo --list'] },
  );
