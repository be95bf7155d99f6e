import { asAtomError } from '../base/errors.ts';
import type { Perform } from '../domain/action.ts';
import type { LiveRun } from '../domain/live-run.ts';
import { createLiveRuns, type LiveRuns } from '../sessions/live-runs.ts';
import { sessionById } from '../store/tables/sessions.ts';
import type { Channels } from './channels.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface LiveParts {
  readonly records: Pick<Records, 'store'>;
  readonly channels: Pick<Channels, 'facts'>;
  readonly performAs: (agent: string) => Perform;
}

/** Follows what runs, and lets its agent show in the chat how it goes where it takes long. */
export function openLiveRuns(options: AtomOptions, parts: LiveParts): LiveRuns {
  const log = options.log.part('agent');
  const show = async (run: LiveRun): Promise<void> => {
    const { id, event, session: sessionId, over } = run;
    const session = await sessionById(parts.records.store, sessionId);
    if (!session || parts.channels.facts(session.home.channel).live) return;
    const resource = { event, session: sessionId, run: id };
    const context = { session: sessionId, event };
    await parts.performAs(session.agent)(
      { id: `${id}:progress`, action: 'message.reply', resource, context },
      { signal: over },
    );
  };
  return createLiveRuns({
    clock: options.clock,
    show: (run) =>
      show(run).catch((error: unknown) =>
        log.warn(`not shown while it runs: ${asAtomError(error).message}`, { run: run.id }),
      ),
  });
}
