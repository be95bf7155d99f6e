import { localZone } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Action } from '../domain/action.ts';
import type { Address } from '../domain/address.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import type { Job, JobAsked } from '../domain/job.ts';
import { nextTime } from '../domain/schedule/cron.ts';
import { isDirect } from '../domain/session.ts';
import { createJobAdd, jobOf, keepJob } from '../jobs/add-action.ts';
import { type Clockwork, createClockwork } from '../jobs/clockwork.ts';
import { queueText } from '../outbox/queue.ts';
import { allJobs, dropJob, hastenJob, jobById, pauseJob } from '../store/tables/jobs.ts';
import { sessionById } from '../store/tables/sessions.ts';
import type { Agents } from './agents.ts';
import type { Channels } from './channels.ts';
import { isOwnersPlace, ownerChats } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** What the owner wants done at a time, and the clockwork that does it. */
export interface Jobs {
  /** How agents add one. */
  readonly action: Action;
  list(): Promise<readonly Job[]>;
  /** Throws AtomError `usage`, `not-found`. */
  add(wish: JobAsked): Promise<Job>;
  /** Throws AtomError `not-found`. */
  remove(id: string): Promise<Job>;
  /** False where it was so already. Throws AtomError `not-found`. */
  pause(id: string, paused: boolean): Promise<boolean>;
  /** Does it at once; what happens once is over with that. Throws AtomError `not-found`, `usage`. */
  run(id: string): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface JobParts {
  readonly records: Records;
  readonly channels: Pick<Channels, 'facts'>;
  readonly agents: Pick<Agents, 'require'>;
}

const TERMINAL: Address = { channel: 'terminal', account: 'main', peer: 'main' };

export function createJobs(options: AtomOptions, { records, channels, agents }: JobParts): Jobs {
  const { clock, config } = options;
  const { store, bus, people } = records;
  const isOwners = (to: Address): Promise<boolean> => isOwnersPlace(records, to);
  const works: Clockwork = createClockwork({
    store,
    clock,
    log: options.log.part('jobs'),
    say: (sql, { to }, { id, text }) =>
      queueText(sql, channels.facts(to.channel), { id, to, text, at: clock.now() }),
    mayTell: ({ to }) => isOwners(to),
    onDone: () => {
      bus.tell('inbound', undefined);
      bus.tell('outbound', undefined);
    },
  });
  const require = async (id: string): Promise<Job> => {
    const found = await jobById(store, id);
    if (found) return found;
    throw new AtomError('not-found', `There is no job ${id}.`, { next: ['See them:   atom jobs'] });
  };
  return {
    action: createJobAdd({
      store,
      clock,
      onAdded: works.wake,
      // Asked for where a job is added, which most gateways never do.
      get zone() {
        return localZone();
      },
      chatOf: async (id) => {
        const session = await sessionById(store, id);
        if (session && !session.key.startsWith('job:') && isDirect(session))
          if (await isOwners(session.home)) return session.home;
        throw new AtomError('blocked', 'A job is made in a chat with the owner alone.', {
          own: true,
        });
      },
    }),
    list: () => allJobs(store),
    add: async ({ to: channel, agent, ...wish }) => {
      const to = chosen(await ownerChats(people, store), { channel, order: config.notify.order });
      const { id: who } = agent === undefined ? MAIN_AGENT : await agents.require(agent);
      const id = await keepJob(
        store,
        jobOf({ clock, zone: localZone() }, { ...wish, by: 'owner', agent: who, to }),
      );
      works.wake();
      return require(id);
    },
    remove: async (id) => {
      const job = await require(id);
      await dropJob(store, id);
      return job;
    },
    pause: async (id, paused) => {
      const job = await require(id);
      const next = nextTime(job.schedule, job.zone, clock.now());
      const changed = await pauseJob(store, id, { paused, next: next ?? job.nextAt });
      works.wake();
      return changed;
    },
    run: async (id) => {
      await require(id);
      if (!(await hastenJob(store, id, clock.now())))
        throw new AtomError('usage', `${id} rests.`, {
          next: [`Let it go on first:   atom jobs resume ${id}`],
        });
      works.wake();
    },
    start: works.start,
    stop: works.stop,
  };
}

/** The owner's chat on a channel; where none is named, the first that they are to be asked on, or the terminal. */
function chosen(
  chats: readonly Address[],
  wish: { readonly channel: string | undefined; readonly order: readonly string[] },
): Address {
  if (wish.channel === 'terminal') return TERMINAL;
  const wanted = wish.channel === undefined ? wish.order : [wish.channel];
  const found = wanted.flatMap((name) => chats.find(({ channel }) => channel === name) ?? [])[0];
  if (found) return found;
  if (wish.channel === undefined) return chats[0] ?? TERMINAL;
  throw new AtomError('not-found', `You have no chat on ${wish.channel}.`, {
    next: ['Pair one first:   atom pair', 'Or here:   --to terminal'],
  });
}
