import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { InboundEvent } from '../domain/event.ts';
import { type Job, jobRun, jobSession } from '../domain/job.ts';
import { nextTime } from '../domain/schedule/cron.ts';
import type { Sql, Store } from '../domain/store.ts';
import { dropJob, dueJob, jobById, moveJob, nextDue, pauseJob } from '../store/tables/jobs.ts';
import { ensureSession } from '../store/tables/sessions.ts';
import { isWaiting, spoolEvent } from '../store/tables/spool.ts';

export interface ClockworkDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Queues words for the chat of a job, within the transaction that notes its run. */
  readonly say: (
    sql: Sql,
    job: Job,
    said: { readonly id: string; readonly text: string },
  ) => Promise<void>;
  /** False where the chat of a job is not the owner's alone any more: nothing is said there. */
  readonly mayTell: (job: Job) => Promise<boolean>;
  /** Something was put into the spool or the outbox. */
  readonly onDone: () => void;
}

/** Does jobs when their time has come. */
export interface Clockwork {
  start(): void;
  /** Looks anew when the next one is due. */
  wake(): void;
  /** Resolves once nothing is under way any more. */
  stop(): Promise<void>;
}

/** Clocks are set and machines sleep: looked at least this often while there is any job. */
const LONGEST_MS = 60_000;
const AGAIN_MS = 5000;
/** Later than this, words say when they were for. */
const LATE_MS = 120_000;

/**
 * Each run of a job is put into the spool, or its words into the outbox, in the transaction that moves the
 * job on: however often atom is killed, there is one of it. What was missed while atom did not run is done
 * once, as soon as it runs.
 */
export function createClockwork(deps: ClockworkDeps): Clockwork {
  const { store, clock, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let state: 'new' | 'runs' | 'over' = 'new';
  const sleep = (ms: number): void => {
    clearTimeout(timer);
    if (state !== 'runs') return;
    timer = setTimeout(look, Math.min(Math.max(ms, 0), LONGEST_MS));
    timer.unref();
  };
  const look = (): void => {
    working ??= turn()
      .then(
        (due) => {
          if (due !== undefined) sleep(due - clock.now());
        },
        (error: unknown) => {
          log.error(`the jobs could not be looked at: ${String(error)}`);
          sleep(AGAIN_MS);
        },
      )
      .finally(() => {
        working = undefined;
      });
  };
  const turn = async (): Promise<number | undefined> => {
    for (;;) {
      const job = state === 'runs' ? await dueJob(store, clock.now()) : undefined;
      if (!job) return nextDue(store);
      await doOne(deps, job);
    }
  };
  return {
    start: () => {
      state = 'runs';
      look();
    },
    wake: () => sleep(0),
    stop: async () => {
      state = 'over';
      clearTimeout(timer);
      await working;
    },
  };
}

async function doOne(deps: ClockworkDeps, job: Job): Promise<void> {
  const { store, clock, log } = deps;
  if (!(await deps.mayTell(job))) {
    log.warn(`${job.id} rests: its chat is not yours alone any more`);
    await store.tx((sql) => pauseJob(sql, job.id, { paused: true, next: job.nextAt }));
    return;
  }
  const at = clock.now();
  await store.tx(async (sql) => {
    const now = await jobById(sql, job.id);
    // Taken out, or made to rest, just before.
    if (now?.paused !== false || now.nextAt !== job.nextAt) return;
    const event = await begin(deps, sql, { job, at });
    // What happens once is over, also where it was begun before its time.
    const isOnce = job.schedule.kind === 'once';
    const next = isOnce ? undefined : nextTime(job.schedule, job.zone, at);
    if (next === undefined) await dropJob(sql, job.id);
    else await moveJob(sql, job, { next, at, event });
  });
  deps.onDone();
}

interface Begun {
  readonly job: Job;
  readonly at: number;
}

/** The id of the event that was spooled; undefined where there is none. */
async function begin(
  deps: ClockworkDeps,
  sql: Sql,
  { job, at }: Begun,
): Promise<string | undefined> {
  const run = jobRun(job.id, job.nextAt);
  if (job.does === 'say') {
    await deps.say(sql, job, { id: run, text: reminder(job, at) });
    return undefined;
  }
  if (job.lastEvent !== undefined && (await isWaiting(sql, job.lastEvent))) {
    deps.log.warn(`${job.id} is left out this time: its last run is not over`);
    return undefined;
  }
  const event = eventOf(job, at);
  const key = jobSession(job.id, job.nextAt);
  const { agent, to: home } = job;
  await ensureSession(sql, { id: newId(), key, agent, home, startedAt: at });
  await spoolEvent(sql, event, key);
  return event.id;
}

function reminder({ text, nextAt, zone }: Job, at: number): string {
  if (at - nextAt < LATE_MS) return `Reminder: ${text}`;
  const then = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(nextAt);
  return `Reminder: ${text}\n(It was for ${then}; atom did not run then.)`;
}

const eventOf = ({ id, to, text, nextAt, by }: Job, at: number): InboundEvent => ({
  id: newId(),
  externalId: jobRun(id, nextAt),
  from: to,
  sender: { id },
  at,
  via: { surface: 'job', owner: true, ...(by === 'agent' ? { worded: true } : {}) },
  kind: 'message',
  text,
  media: [],
  isGroup: false,
  mentionsMe: true,
});
