import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { isPanic } from '../../ingress/control.ts';
import { knownEventId } from '../../store/tables/spool.ts';
import { recentEntries } from '../../store/tables/transcript.ts';
import type { Methods } from '../kernel.ts';

const YOU = 'you, at the terminal';

/** What the owner says at this machine, and what was said before. */
export const chatMethods = (
  atom: Atom,
  stopping: () => boolean,
): Pick<Methods, 'chat.send' | 'chat.history' | 'chat.stop'> => ({
  'chat.send': async ({ text, peer: given, agent, key }) => {
    // What runs is given time to end; a panic is not made to wait for it.
    if (stopping() && !isPanic(text))
      throw new AtomError('not-running', 'The gateway is stopping.', {
        next: ['Start it:   atom start'],
      });
    const peer = agent ?? given;
    if (agent !== undefined) await atom.agents.converse(agent);
    const event: InboundEvent = {
      id: newId(),
      externalId: key,
      from: { channel: 'terminal', account: 'main', peer },
      sender: { id: 'owner' },
      kind: 'message',
      text,
      media: [],
      isGroup: false,
      mentionsMe: true,
      at: atom.options.clock.now(),
    };
    const accepted = await atom.accept(event);
    // A repeat is told the id that its first try got.
    const id = (await knownEventId(atom.records.store, event)) ?? event.id;
    return { event: id, session: accepted.session, duplicate: !accepted.new };
  },
  'chat.history': async ({ session, limit }) => ({
    entries: await recentEntries(atom.records.store, session, limit),
  }),
  'chat.stop': async ({ session }) => ({ stopped: atom.running.stop(session, YOU) }),
});
