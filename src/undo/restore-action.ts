import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Prepared } from '../domain/action.ts';
import { type Coverage, type UndoPlan, undoWordsFor } from '../domain/undo.ts';
import { changeLines, countWords, runWords } from '../domain/undo-words.ts';
import { redeem } from '../governance/grant.ts';
import type { Undo } from './undo.ts';

const resourceSchema = z.strictObject({
  /** The code or the id of a run; the last one that can be taken back where there is none. */
  run: z.string().min(1).optional(),
  /** Also what was changed again since. */
  force: z.boolean().default(false),
  /** Digest of the plan that was shown: another one is refused. */
  plan: z.string().optional(),
});

const factsSchema = z.object({ plan: z.string() });

/**
 * The action `undo.restore`: `{run?, force?, plan?}`, takes back what a run changed. Its result is what
 * `Undo.restore` gives. Only the owner may ask for it. A snapshot is taken before, like before any
 * other change.
 */
export const createUndoRestore = (
  undo: Pick<Undo, 'plan' | 'restore' | 'covers' | 'busy'>,
): Action => ({
  name: 'undo.restore',
  prepare: async (resource, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner takes back what a run changed.');
    const { run: ref, force, plan: shown } = parse(resource);
    const plan = await undo.plan({ ref, force });
    if (undo.busy(plan.of.folder)) throw busy(plan.of.folder);
    if (shown !== undefined && shown !== plan.digest) throw changed();
    if (plan.changes.length === 0) throw nothing(plan);
    return prepared(plan, force, await undo.covers(plan.of.folder));
  },
  execute: async (grant, signal) => {
    const { request, prepared: decided } = redeem(grant);
    const { run: ref, force } = parse(decided.resource);
    const { plan } = factsSchema.parse(decided.facts);
    return {
      ...(await undo.restore({ ref, force, plan, by: request.id }, signal)),
    } as unknown as Json;
  },
});

function parse(resource: Json): z.output<typeof resourceSchema> {
  return readAs(resourceSchema, resource, 'That cannot be taken back');
}

function prepared(plan: UndoPlan, force: boolean, coverage: Coverage): Prepared {
  const { of, digest } = plan;
  // A run that filled the folder must not be safe for that; but then it has to be meant.
  if (!coverage.ok && !force) throw oneWay(coverage.why, of.code);
  return {
    resource: { run: of.run, force },
    facts: { plan: digest, folder: of.folder },
    declared: { complexity: 3, why: 'takes back what a run changed' },
    ...(coverage.ok ? { reversible: { folder: of.folder } } : {}),
    card: {
      kind: 'file',
      words: [`take back run ${of.code}: ${runWords(of)}`],
      folder: of.folder,
      may: [`change files in ${of.folder}: ${countWords(plan.changes)}`],
      undo: undoWordsFor(coverage),
      detail: changeLines(plan).join('\n'),
    },
  };
}

const busy = (folder: string): AtomError =>
  new AtomError('blocked', `Something that may change ${folder} is still running.`, {
    next: ['Wait for its end, or stop it with /stop in its chat.'],
  });

const changed = (): AtomError =>
  new AtomError('blocked', 'The files changed since it was shown what would come back.', {
    next: ['Look again:   atom undo'],
  });

const nothing = ({ of, kept }: UndoPlan): AtomError =>
  kept.length === 0
    ? new AtomError('failed', `Nothing is left to take back of run ${of.code} (${runWords(of)}).`)
    : new AtomError(
        'blocked',
        `All that run ${of.code} (${runWords(of)}) changed was changed again since, so it stays as it is.`,
        { next: [`To take it back all the same:   atom undo ${of.code} --force`] },
      );

const oneWay = (why: string, code: string): AtomError =>
  new AtomError('blocked', `Taking it back could itself not be taken back: ${why}.`, {
    next: [`To do it all the same:   atom undo ${code} --force`],
  });
