import type { Perform } from '../domain/action.ts';
import type { Alerts } from './alerts.ts';
import type { Delivery } from './delivery.ts';
import type { Atom } from './everybody.ts';
import type { Intake } from './intake.ts';
import type { News } from './news.ts';
import type { AtomOptions } from './parts.ts';
import { recordStop } from './record.ts';
import { startSkillQuestions } from './skill-questions.ts';
import { tellAtStart } from './start-news.ts';
import type { Telling } from './telling.ts';

type Named =
  | 'records'
  | 'jails'
  | 'skills'
  | 'mcp'
  | 'channels'
  | 'running'
  | 'jobs'
  | 'devices'
  | 'witness';

export interface Living extends Pick<Atom, Named> {
  readonly intake: Intake;
  readonly outgoing: Delivery;
  readonly telling: Pick<Telling, 'close'>;
  readonly news: News;
  readonly alerts: Alerts;
  readonly performAsSystem: Perform;
}

/** How everybody begins, and ends in the reverse order. */
export function lifeOf(options: AtomOptions, living: Living): Pick<Atom, 'start' | 'close'> {
  const { records, jails, skills, mcp, channels, running, jobs, intake, outgoing } = living;
  const { performAsSystem } = living;
  const over = new AbortController();
  let opening: Promise<void> = Promise.resolve();
  let stopAsking = async (): Promise<void> => undefined;
  return {
    start: async () => {
      outgoing.start();
      records.announce();
      channels.open(async (event) => {
        await intake.accept(event);
      });
      stopAsking = startSkillQuestions({
        bus: records.bus,
        log: options.log.part('skills'),
        performAsSystem,
      });
      // Neither the jail's probe nor the skills hold up the start: what comes in is kept, and waits for them.
      opening = skills.load(over.signal).then(() => {
        if (!over.signal.aborted) intake.start();
      });
      await mcp.load();
      jobs.start();
      await tellAtStart(options, { records, channels, performAsSystem }, jails);
      living.witness.start();
    },
    close: async (graceMs) => {
      over.abort();
      await opening;
      await stopAsking();
      const cut = setTimeout(running.interruptAll, graceMs);
      await jobs.stop();
      await intake.stop();
      await living.telling.close();
      clearTimeout(cut);
      await skills.close();
      await mcp.close();
      await channels.close();
      await outgoing.stop();
      await living.news.stop();
      await living.alerts.stop();
      living.devices.close();
      await recordStop(records);
      await living.witness.stop();
      await records.store.close();
    },
  };
}
