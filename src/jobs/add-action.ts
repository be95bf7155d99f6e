import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError, readAs } from '../base/errors.ts';
import type { Action } from '../domain/action.ts';
import type { Address } from '../domain/address.ts';
import { MOST_JOB_TEXT, MOST_JOBS, type NewJob } from '../domain/job.ts';
import { nextTime } from '../domain/schedule/cron.ts';
import { jobWords, whenWords } from '../domain/schedule/job-words.ts';
import { scheduleOf } from '../domain/schedule/when.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { allJobs, insertJob } from '../store/tables/jobs.ts';

export interface JobAddDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** IANA name of the owner's time zone. */
  readonly zone: string;
  /** The owner's chat of a session. Throws AtomError `blocked` where it is not the owner's alone. */
  readonly chatOf: (session: string) => Promise<Address>;
  /** A job was added. */
  readonly onAdded: () => void;
}

const resourceSchema = z.strictObject({
  session: z.string(),
  when: z.string(),
  does: z.enum(['ask', 'say']),
  text: z.string().trim(),
});

const factsSchema = z.object({
  agent: z.string(),
  to: z.object({
    channel: z.string(),
    account: z.string(),
    peer: z.string(),
    thread: z.string().exactOptional(),
  }),
});

/**
 * The action `job.add`: `{session, when, does, text}` keeps a job for the chat of a session. Its result is
 * `{id, does, next, when}`: `next` in milliseconds since 1970, `when` in words. What is to be asked is done
 * by the agent that added it.
 */
export const createJobAdd = (deps: JobAddDeps): Action => ({
  name: 'job.add',
  prepare: async (raw, agent) => {
    const wish = readAs(resourceSchema, raw, 'That is not a job');
    if (!agent) throw new AtomError('blocked', 'You make a job by: atom jobs add');
    const to = await deps.chatOf(wish.session);
    const { nextAt } = jobOf(deps, { ...wish, by: 'agent', agent: agent.id, to });
    const isReminder = wish.does === 'say';
    return {
      resource: wish,
      facts: { agent: agent.id, to: { ...to } },
      leaves: 'provider',
      declared: isReminder
        ? { complexity: 2, why: 'reminds you of something, in this chat' }
        : { complexity: 3, why: 'has an agent work at a later time, by itself' },
      card: {
        kind: 'message',
        words: [jobWords(wish)],
        may: [isReminder ? 'write to this chat' : `do what ${agent.name} may do`],
        undo: 'atom jobs remove takes it out again',
        detail: `first at ${whenWords(nextAt, deps.zone)}`,
      },
    };
  },
  execute: async (grant) => {
    const { prepared } = redeem(grant);
    const job = jobOf(deps, {
      ...resourceSchema.parse(prepared.resource),
      ...factsSchema.parse(prepared.facts),
      by: 'agent',
    });
    const id = await keepJob(deps.store, job);
    deps.onAdded();
    return { id, does: job.does, next: job.nextAt, when: whenWords(job.nextAt, deps.zone) };
  },
});

/** Keeps a job. Throws AtomError `usage` where there are too many. */
export const keepJob = (store: Store, job: NewJob): Promise<string> =>
  store.tx(async (sql) => {
    if ((await allJobs(sql)).length >= MOST_JOBS)
      throw new AtomError('usage', `There are ${MOST_JOBS} jobs already.`, {
        next: ['See them:   atom jobs list', 'Take one out:   atom jobs remove <id>'],
      });
    return insertJob(sql, job);
  });

/** A job as it would be kept now. Throws AtomError `usage` where its time or its words cannot be taken. */
export function jobOf(
  { clock, zone }: Pick<JobAddDeps, 'clock' | 'zone'>,
  wish: Pick<NewJob, 'when' | 'does' | 'text' | 'agent' | 'to' | 'by'>,
): NewJob {
  checkText(wish.text);
  const createdAt = clock.now();
  const schedule = scheduleOf(wish.when, { at: createdAt, zone });
  const nextAt = nextTime(schedule, zone, createdAt);
  if (nextAt === undefined) throw new AtomError('usage', `"${wish.when}" never comes.`);
  const { when, does, text, agent, to, by } = wish;
  return { when, does, text, agent, to, by, schedule, zone, createdAt, nextAt };
}

function checkText(text: string): void {
  if (text === '')
    throw new AtomError('usage', 'A job needs words: what is to be asked, or said to you.', {
      next: ['For example:   atom jobs add "every weekday 8:30" "git status"'],
    });
  if (text.length <= MOST_JOB_TEXT) return;
  const [has, most] = [text.length, MOST_JOB_TEXT].map((length) => length.toLocaleString('en'));
  throw new AtomError(
    'usage',
    `The words of a job are too long: ${has} of at most ${most} characters.`,
    {
      next: ['Put them into a file in the jail, and have that file read.'],
    },
  );
}
