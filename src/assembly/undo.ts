import { join } from 'node:path';
import { asAtomError } from '../base/errors.ts';
import { ensureFolder } from '../config/folder.ts';
import type { Case } from '../governance/case.ts';
import type { GovernorDeps } from '../governance/governor-deps.ts';
import { returnTaints } from '../governance/labels/former-taints.ts';
import { createUndo, type Undo } from '../undo/undo.ts';
import type { Agents } from './agents.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** Opens the snapshots of a profile and forgets what is too old. */
export async function openUndo(
  { paths, clock, log }: AtomOptions,
  { store }: Pick<Records, 'store'>,
  { turn }: Pick<Jails, 'turn'>,
): Promise<Undo> {
  const folder = ensureFolder(join(paths.data, 'undo'));
  const undo = await createUndo({ store, folder, clock, log: log.part('undo'), turn });
  await undo.prune();
  return undo;
}

/** The same; what is taken back counts against the agent that did it. */
export const countingUndo = (
  undo: Undo,
  { mark }: Pick<Agents, 'mark'>,
  log: Pick<AtomOptions['log'], 'error'>,
): Undo => ({
  ...undo,
  restore: async (order, signal) => {
    const restored = await undo.restore(order, signal);
    // It was taken back, so a record that cannot be written must not hide that.
    await mark(restored.of.run, 'undone', 'owner').catch((error: unknown) =>
      log.error(`not counted as undone: ${asAtomError(error).message}`),
    );
    return restored;
  },
});

/** The same; what comes back is as untrusted, or as secret, as it ever was. */
export const taintingUndo = (undo: Undo, { store }: Pick<Records, 'store'>): Undo => ({
  ...undo,
  restore: async (order, signal) => {
    // Before: a crash in between leaves too much tainted, and never too little.
    const { of, changes } = await undo.plan(order);
    const paths = changes.map(({ path }) => join(of.folder, path));
    await store.tx((sql) => returnTaints(sql, paths));
    return undo.restore(order, signal);
  },
});

/** What the governor does before and after a change. */
export const undoGate = (undo: Pick<Undo, 'before' | 'after'>): GovernorDeps['undo'] => ({
  before: async (found, signal) => {
    const { request, prepared } = found;
    if (!prepared.reversible || onlyLooks(found)) return true;
    const { session } = request.context;
    const change = {
      run: request.id,
      action: request.action,
      words: prepared.card.words,
      ...prepared.reversible,
      ...(session === undefined ? {} : { session }),
    };
    return undo.before(change, signal);
  },
  after: ({ request }) => undo.after(request.id),
});

/** A command that was taken for a look runs where it can write nothing. */
const onlyLooks = ({ request, decision }: Case): boolean =>
  request.action === 'shell.exec' && decision.complexity === 1;
