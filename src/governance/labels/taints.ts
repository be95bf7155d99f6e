import type { Log } from '../../base/log.ts';
import type { Outcome, Touch } from '../../domain/action.ts';
import {
  cleanLabels,
  isGuarded,
  joinLabels,
  type Labels,
  type Sourced,
  sourceText,
} from '../../domain/label.ts';
import { dropRunTaints, putTaint } from '../../store/tables/taints.ts';
import type { Case, Taints } from '../case.ts';
import { addTaint, retireTaint } from './former-taints.ts';
import { type HeldDeps, heldBy } from './held.ts';
import { labelled } from './labelled.ts';
import { hostsOf } from './speaks.ts';
import { traitsOf } from './traits.ts';

/** What is in a folder now, comparable with what is in it later. */
export interface FolderLook {
  /** What was written, moved or made since, as absolute paths; the folder itself where that cannot be told. */
  changed(): Promise<readonly string[]>;
}

export interface TaintsDeps extends HeldDeps {
  readonly log: Log;
  readonly look: (folder: string) => Promise<FolderLook>;
}

/**
 * Keeps strangers' words and secrets from losing their label on the way through a file. What is written
 * by a run whose window, or whose files, were guarded carries that label when it is read. A command may
 * write anywhere in its jail, so all of it is tainted while it runs, and only what changed afterwards; a
 * crash leaves all of it tainted. A taint ends with its file, or once a clean run writes the file anew.
 */
export const createTaints =
  (deps: TaintsDeps): Taints =>
  async (found) => {
    const before = await resultOf(deps, found);
    const written = joinLabels(found.request.labels, before.labels);
    const writes = writesOf(found);
    const folders = isGuarded(written) ? pathsOf(writes, 'below') : [];
    const looks = await Promise.all(folders.map(deps.look));
    return {
      note: async (sql) => {
        if (!isGuarded(written)) return;
        for (const { path } of writes)
          await putTaint(sql, { path, run: found.request.id, labels: written });
      },
      end: (outcome, seen) =>
        labelled(deps.log, outcome, settle(deps, { found, before, written, looks, outcome, seen })),
    };
  };

interface Ended {
  readonly found: Case;
  /** What its result would have been labelled before it ran. */
  readonly before: Sourced;
  readonly written: Labels;
  readonly looks: readonly FolderLook[];
  readonly outcome: Outcome;
  /** What it was given while it ran. */
  readonly seen: readonly Sourced[];
}

async function settle(deps: TaintsDeps, ended: Ended): Promise<Sourced> {
  const { found, before, written, looks, outcome, seen } = ended;
  const after = await resultOf(deps, found);
  const labels = seen.reduce(
    (all, one) => joinLabels(all, one.labels),
    joinLabels(before.labels, after.labels),
  );
  const kept = joinLabels(written, labels);
  const writes = writesOf(found);
  // What it read became guarded while it ran: nobody looked before, so all it may write counts.
  const late = isGuarded(kept) && !isGuarded(written);
  const changed = late
    ? pathsOf(writes, 'below')
    : (await Promise.all(looks.map((look) => look.changed()))).flat();
  const files = pathsOf(writes, 'file');
  // What writes no file, as a reply and a look do not, has left no taint to take back either.
  if (writes.length > 0)
    await deps.store.tx(async (sql) => {
      await dropRunTaints(sql, found.request.id);
      if (outcome.ok) for (const path of files) await retireTaint(sql, path);
      for (const path of isGuarded(kept) ? [...files, ...changed] : [])
        await addTaint(sql, path, kept);
    });
  const source = after.source ?? before.source;
  return source === undefined ? { labels } : { labels, source };
}

const pathsOf = (touches: readonly Touch[], wanted: Touch['how']): readonly string[] =>
  touches.filter(({ how }) => how === wanted).map(({ path }) => path);

/** What was taken for a look runs in a jail that it cannot write to. */
const writesOf = ({ request, prepared, decision }: Case): readonly Touch[] =>
  traitsOf(request.action).runs && decision.complexity === 1 ? [] : (prepared.writes ?? []);

/** The label of what a run gives back, as its files are tainted now. */
async function resultOf(deps: TaintsDeps, { request, prepared, decision }: Case): Promise<Sourced> {
  const held = await heldBy(deps, request.id, prepared);
  const hosts = hostsOf(prepared, decision.complexity);
  const { yields } = traitsOf(request.action);
  const integrity = hosts.length > 0 ? 'untrusted' : yields;
  const own = { ...cleanLabels, integrity: prepared.yields ?? integrity };
  const labels = [own, held.labels, prepared.holds ?? cleanLabels].reduce(joinLabels, {
    ...cleanLabels,
    integrity,
  });
  const from = [
    ...(prepared.source === undefined ? [] : [prepared.source]),
    ...(hosts.length > 0 ? [`the network (${hosts.join(', ')})`] : []),
    ...held.files,
  ];
  if (!isGuarded(labels)) return { labels };
  return { labels, source: sourceText(from.slice(0, MOST).join(', ') || request.action) };
}

const MOST = 3;
