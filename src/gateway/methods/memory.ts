import { wordForNo } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Outcome } from '../../domain/action.ts';
import type { PlacedNote } from '../../domain/memory.ts';
import type { Methods } from '../kernel.ts';
import { proofOf } from './rules.ts';

/** The notes of agents. Whoever reaches this socket is the owner, and sees those of everybody. */
export const memoryMethods = ({
  memory,
  ownerAct,
}: Atom): Pick<Methods, Extract<keyof Methods, `memory.${string}`>> => {
  const write = async (note: Json, more: { readonly restore?: true } = {}): Promise<void> => {
    const resource = { ...(note as object), ...more };
    done(await ownerAct({ action: 'memory.write', resource }, proofOf(undefined)));
  };
  return {
    'memory.list': async (wish) => ({ notes: await memory.list(wish) }),
    'memory.show': async (wish) => ({ note: await memory.show(wish) }),
    'memory.forget': async (wish) => {
      const forgotten = await memory.show(wish);
      await write(namedBy(forgotten));
      return { forgotten };
    },
    'memory.restore': async (wish) => {
      const place = { ...(await memory.forgotten(wish)), note: wish.note };
      await write(place, { restore: true });
      return { restored: await memory.show(place) };
    },
    'memory.trust': async ({ code, ...wish }) => {
      const resource = namedBy(await memory.show(wish));
      done(await ownerAct({ action: 'memory.trust', resource }, proofOf(code)));
      return { trusted: await memory.show(wish) };
    },
  };
};

const namedBy = ({ agent, person, name }: PlacedNote): Json => ({ agent, person, note: name });

function done(outcome: Outcome): void {
  if (outcome.ok) return;
  throw new AtomError(wordForNo(outcome), outcome.message);
}
