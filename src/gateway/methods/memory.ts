import { wordForNo } from '../../assembly/not-done.ts';
import { lookAtNotes } from '../../assembly/whose.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Outcome } from '../../domain/action.ts';
import type { PlacedNote } from '../../domain/memory.ts';
import type { Methods } from '../kernel.ts';
import { foundOf } from './named-user.ts';
import { proofOf } from './rules.ts';

/** The notes of agents. A user sees their own; the owner does what is to be done with any, by the user's name. */
export const memoryMethods = ({
  memory,
  ownerAct,
  records: { users },
}: Atom): Pick<Methods, Extract<keyof Methods, `memory.${string}`>> => {
  const write = async (note: Json, more: { readonly restore?: true } = {}): Promise<void> => {
    const resource = { ...(note as object), ...more };
    done(await ownerAct({ action: 'memory.write', resource }, proofOf(undefined)));
  };
  return {
    'memory.list': async (wish, caller) => {
      const found = await memory.list(wish, lookAtNotes(caller, wish));
      return { notes: foundOf(users, { caller, name: wish.user, found }) };
    },
    'memory.show': async (wish, caller) => ({
      note: await memory.show(wish, lookAtNotes(caller, wish)),
    }),
    'memory.forget': async (wish, caller) => {
      const forgotten = await memory.show(wish, lookAtNotes(caller, wish));
      await write(namedBy(forgotten));
      return { forgotten };
    },
    'memory.restore': async (wish, caller) => {
      const look = lookAtNotes(caller, wish);
      const place = { ...(await memory.forgotten(wish, look)), note: wish.note };
      await write(place, { restore: true });
      return { restored: await memory.show(place, look) };
    },
    'memory.trust': async ({ code, ...wish }, caller) => {
      const look = lookAtNotes(caller, wish);
      const resource = namedBy(await memory.show(wish, look));
      done(await ownerAct({ action: 'memory.trust', resource }, proofOf(code)));
      return { trusted: await memory.show(wish, look) };
    },
  };
};

const namedBy = ({ agent, person, name }: PlacedNote): Json => ({ agent, person, note: name });

function done(outcome: Outcome): void {
  if (outcome.ok) return;
  throw new AtomError(wordForNo(outcome), outcome.message);
}
