import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { type Maturity, stepUp } from '../../domain/agent.ts';
import { requireMarked } from '../../governance/conduct/mark.ts';
import type { MaturityMove } from '../../protocol/agent-methods.ts';
import { requireFactor } from '../../trust/agent-promote.ts';
import type { Methods } from '../kernel.ts';
import { proveReach, proveReaders } from './prove-wider.ts';
import { stopTurnsOf } from './stop-turns.ts';

type Names = Extract<keyof Methods, `agents.${string}`>;

/** The owner's agents. Whoever reaches this socket is the owner; more trust takes a second factor besides. */
export const agentMethods = (atom: Atom): Pick<Methods, Names> => {
  const { agents, training } = atom;
  const summary = async (name: string) => (await agents.report(name)).agent;
  return {
    'agents.list': async () => ({ agents: await agents.list() }),
    'agents.show': async ({ name }) => ({
      ...(await agents.report(name)),
      secondFactor: await atom.records.factor.enrolled(),
    }),
    'agents.add': async ({ code, ...wish }) => {
      await checkPlaces(atom, wish);
      const { model } = wish;
      if (model !== undefined) await proveReaders(atom, { model, fallbacks: [] }, code);
      await agents.add(wish);
      return { agent: await summary(wish.name) };
    },
    'agents.set': async ({ name, wakes, askedBy, code, ...told }) => {
      await proveReach(atom, { name, wakes, askedBy, private: told.private }, code);
      if (Object.keys(told).length > 0) await agents.tell(name, told);
      await agents.reach(name, { wakes, askedBy });
      return { agent: await summary(name) };
    },
    'agents.promote': ({ name, to, code }) => promote(atom, { name, to, code }),
    'agents.demote': async ({ name }) => {
      const moved = await agents.demote(name);
      if (moved) return { agent: name, ...moved };
      throw new AtomError('failed', `${name} is a student: there is nothing below.`, {
        next: [`Let it do nothing at all:   atom agents pause ${name}`],
      });
    },
    'agents.pause': async ({ name }, caller) => {
      const changed = await agents.pause(name, true);
      await stopTurnsOf(atom, name, caller);
      return { changed };
    },
    'agents.resume': async ({ name }) => ({ changed: await agents.pause(name, false) }),
    'agents.mark': async ({ run, mark }) => {
      const { deed, demoted } = requireMarked(await agents.mark(run, mark, 'owner'), run);
      return { agent: deed.agent, demoted };
    },
    'agents.training': async ({ name }) => {
      if (name !== undefined) await agents.require(name);
      return { items: await training.waiting(name) };
    },
    'agents.replay': async ({ id }) => ({ outcome: await training.replay(id) }),
    'agents.drop': async ({ id }) => {
      await training.drop(id);
      return {};
    },
  };
};

async function promote(
  { agents, ownerAct, records: { factor } }: Atom,
  wish: {
    readonly name: string;
    readonly to: Maturity | undefined;
    readonly code: string | undefined;
  },
): Promise<MaturityMove> {
  const { name: agent, code } = wish;
  await requireFactor({ secondFactor: factor.enrolled });
  const { maturity: from } = await agents.require(agent);
  const to = wish.to ?? stepUp(from);
  if (to === undefined)
    throw new AtomError('usage', `${agent} is ${from}: there is nothing above.`);
  const proof = {
    by: { surface: 'terminal', id: 'owner' },
    ...(code === undefined ? {} : { code }),
  };
  const outcome = await ownerAct({ action: 'agent.promote', resource: { agent, to } }, proof);
  if (outcome.ok) return { agent, from, to };
  // What the owner gave to prove it was not taken.
  throw new AtomError(outcome.reason === 'denied' ? 'credentials' : 'failed', outcome.message);
}

/** Refuses what this profile has not got: a slip of the pen would leave the agent without. */
async function checkPlaces(
  { jails, skills }: Atom,
  wish: {
    readonly workspace?: string | undefined;
    readonly jails?: readonly string[] | undefined;
    readonly skills?: readonly string[] | undefined;
  },
): Promise<void> {
  const known = jails.list().map(({ name }) => name);
  const places = [...(wish.jails ?? []), ...(wish.workspace === undefined ? [] : [wish.workspace])];
  const jail = places.find((name) => !known.includes(name));
  if (jail !== undefined)
    throw new AtomError('usage', `There is no jail named ${jail}.`, { next: ['atom jails list'] });
  if (wish.workspace !== undefined && wish.jails && !wish.jails.includes(wish.workspace))
    throw new AtomError('usage', `The workspace ${wish.workspace} is not among its jails.`);
  await skills.loaded();
  const loaded = skills.list().map(({ name }) => name);
  const skill = wish.skills?.find((name) => !loaded.includes(name));
  if (skill !== undefined)
    throw new AtomError('usage', `There is no skill named ${skill}.`, {
      next: [`There are: ${loaded.join(', ') || 'none'}`],
    });
}
