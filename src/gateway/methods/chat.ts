import { requireSeen } from '../../assembly/sight.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { type Caller, deciderOf } from '../../domain/caller.ts';
import { deciderWords } from '../../domain/halt.ts';
import { isPanic } from '../../ingress/control.ts';
import { knownEventId } from '../../store/tables/spool.ts';
import type { Methods } from '../kernel.ts';
import { createHistory } from './history.ts';
import { placeOf, requireTheirs, saidBy } from './said.ts';

/** What is said by the owner at this machine, by devices and by programs, and what was said before. */
export const chatMethods = (
  atom: Atom,
  stopping: () => boolean,
): Pick<Methods, 'chat.send' | 'chat.history' | 'chat.stop'> => {
  const sight = { users: atom.records.users, sql: atom.records.store };
  return {
    'chat.send': async (said, caller) => {
      // What runs is given time to end; a panic is not made to wait for it.
      if (stopping() && !isPanic(said.text))
        throw new AtomError('not-running', 'The gateway is stopping.', {
          next: ['Start it:   atom start'],
        });
      if (said.session !== undefined) await requireSeen(sight, caller, said.session);
      requireAgent(atom, said, caller);
      const place = await placeOf(atom.records.store, said, caller);
      if (place.from.channel === 'agent') await atom.agents.converse(place.from.peer, place.from);
      else if (said.agent !== undefined && said.session === undefined)
        await atom.agents.converse(said.agent, place.from);
      const at = atom.options.clock.now();
      const event = { id: newId(), ...place, ...saidBy(caller, said, place), at };
      const accepted = await atom.accept(event);
      // A repeat is told the id that its first try got.
      const id = (await knownEventId(atom.records.store, event)) ?? event.id;
      return { event: id, session: accepted.session, duplicate: !accepted.new };
    },
    'chat.history': createHistory(atom),
    'chat.stop': async ({ session }, caller) => {
      requireTheirs(caller, session);
      return { stopped: atom.running.stop(session, deciderWords(deciderOf(caller))) };
    },
  };
};

/** Throws AtomError `blocked` where a user names an agent that is none of theirs. */
function requireAgent(
  { records: { users } }: Atom,
  { agent }: { readonly agent?: string | undefined },
  { user }: Caller,
): void {
  const mine = user === undefined ? undefined : (users.named(user)?.agents ?? []);
  if (agent === undefined || mine === undefined || mine.includes(agent)) return;
  throw new AtomError('blocked', `${agent} is none of your agents.`, {
    next: [`Those that are: ${mine.join(', ')}`],
  });
}
