import { ownerChats } from '../../assembly/owner-chats.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { START_ANEW } from '../../base/hint.ts';
import { newId } from '../../base/ids.ts';
import type { Address } from '../../domain/address.ts';
import type { Linking } from '../../domain/channel.ts';
import { queueText } from '../../outbox/queue.ts';
import type { Methods } from '../kernel.ts';
import { channelStatus } from './channel-status.ts';

type ChannelMethods = Pick<
  Methods,
  'channels.list' | 'channels.login' | 'channels.unlink' | 'channels.test'
>;

const TEST_TEXT =
  'This is a test of atom, asked for in the terminal. Answer with any word, and atom sees that it comes in.';

/** The chats that are connected, and what links their accounts. */
export const channelMethods = (atom: Atom): ChannelMethods => ({
  'channels.list': async () => ({ channels: await channelStatus(atom) }),
  'channels.login': async ({ channel, phone }) => {
    const { emit } = atom.options;
    await linkingOf(atom, channel).begin(phone === undefined ? {} : { phone }, (step) => {
      emit({ kind: 'channel.link', channel, step });
      if (step.kind === 'linked') record(atom, 'channel.linked', { channel, as: step.identity });
    });
    return { channel };
  },
  'channels.unlink': async ({ channel }) => {
    await linkingOf(atom, channel).end();
    record(atom, 'channel.unlinked', { channel });
    return { channel };
  },
  'channels.test': async ({ channel }) => {
    const found = configured(atom, channel);
    if (found.health.state !== 'ready') {
      const why = 'reason' in found.health ? `: ${found.health.reason}` : '';
      throw new AtomError('failed', `${found.facts.label} is ${found.health.state}${why}`);
    }
    const { identity } = found.health;
    const { store, bus } = atom.records;
    const chats = await chatsFor(atom, channel, identity);
    const sent = chats.map((to) => ({ to, message: `test:${newId()}` }));
    const at = atom.options.clock.now();
    await store.tx(async (sql) => {
      for (const { to, message: id } of sent)
        await queueText(sql, found.facts, { id, to, text: TEST_TEXT, at });
    });
    bus.tell('outbound', undefined);
    return { identity, sent: sent.map(({ to, message }) => ({ message, peer: to.peer })) };
  },
});

function configured({ channels }: Atom, name: string) {
  const found = channels.list().find(({ facts }) => facts.name === name);
  if (found) return found;
  throw new AtomError(
    'not-found',
    `The channel ${name} is not configured, or atom has not been started since.`,
    {
      next: [`Set it up:   atom channels add ${name}`, `Then:   ${START_ANEW}`],
    },
  );
}

function linkingOf(atom: Atom, name: string): Linking {
  const { channel, facts } = configured(atom, name);
  if (channel?.linking) return channel.linking;
  throw new AtomError('usage', `${facts.label} has no account to link: it works with a token.`, {
    next: [`Store it:   atom channels add ${name}`],
  });
}

/** The owner's chats on a channel; where there is none yet, an account that can write to itself does. */
async function chatsFor(
  atom: Atom,
  channel: string,
  identity: string,
): Promise<readonly Address[]> {
  const chats = (await ownerChats(atom.records.people, atom.records.store)).filter(
    (chat) => chat.channel === channel,
  );
  if (chats.length > 0) return chats;
  if (configured(atom, channel).channel?.linking) {
    const number = identity.replace(/^\+/, '');
    return [{ channel, account: number, peer: number }];
  }
  throw new AtomError(
    'failed',
    'Nobody who is allowed has written there yet, so there is no chat to test.',
    {
      next: [`Write to ${identity} first, from an account that is allowed.`],
    },
  );
}

function record({ records, options }: Atom, kind: string, body: Record<string, string>): void {
  records.store
    .tx((sql) => records.audit(sql, kind, body))
    .catch((error: unknown) => options.log.error(`not on the record: ${String(error)}`));
}
