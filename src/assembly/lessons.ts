import { basename } from 'node:path';
import type { Json } from '../base/json.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action } from '../domain/action.ts';
import type { Lesson } from '../domain/lesson.ts';
import { lifetimes, lifetimeWords, type StandingApproval } from '../domain/standing-approval.ts';

/** What is learned where an act of the owner's was done, by its name, of its result. */
const LESSONS: Readonly<Record<string, (done: Json) => Lesson>> = {
  'standing.give': (done) => {
    const given = done as unknown as StandingApproval;
    const { agent, jail, sender, program } = given;
    return {
      words: `Learned: ${agent} may run ${basename(program)} as you allowed it, for ${stands(given)}, without asking.`,
      agent,
      jail,
      channel: sender.split('/')[0] ?? '',
    };
  },
  'skill.trust': (done) => ({
    words: `Learned a skill: ${(done as { readonly skill: string }).skill} may be used from now on.`,
  }),
};

const stands = ({ createdAt, expiresAt }: StandingApproval): string =>
  lifetimeWords[expiresAt - createdAt > lifetimes['1h'] ? '30d' : '1h'];

/** The same acts; of those that teach something it is told, once they were done. */
export const teaching = (bus: Bus, acts: readonly Action[]): readonly Action[] =>
  acts.map((act) => {
    const lesson = Object.hasOwn(LESSONS, act.name) ? LESSONS[act.name] : undefined;
    if (!lesson) return act;
    return {
      ...act,
      execute: async (...given) => {
        const done = await act.execute(...given);
        bus.tell('learned', lesson(done));
        return done;
      },
    };
  });
