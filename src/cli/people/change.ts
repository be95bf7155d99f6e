import { AtomError } from '../../base/errors.ts';
import { outranks, type Role } from '../../domain/role.ts';
import type { Sender } from '../../domain/sender.ts';
import { createAsker } from '../ask/asker.ts';
import { askCode } from '../ask/code.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { decide, refusedError, tellAdmitted } from './decide.ts';

export interface ApproveWish {
  /** A code that somebody was given, or the pairing's id. */
  readonly ref: string;
  readonly role: Role | undefined;
  readonly totpStdin: boolean;
}

/**
 * Lets in who waits, once a person looked at who that is. Where nobody can be asked the command itself is
 * the yes, but never to an owner: throws AtomError `usage` then.
 */
export const approve = (cli: Cli, { ref, role: wished, totpStdin }: ApproveWish): Promise<void> =>
  withGateway(cli, false, async (gateway) => {
    const { pairing } = await gateway.request('pair.show', { id: ref });
    if (!pairing?.who)
      throw new AtomError('not-found', 'Nobody waits under that name or code.', {
        next: ['It may be used already, or too old. See who waits:   atom senders list'],
      });
    const role = wished ?? pairing.role;
    if (role === 'owner')
      requirePerson(
        cli,
        'An owner is confirmed by a person',
        'At a terminal:   atom senders approve',
      );
    if (cli.mayAsk && !cli.out.json && !totpStdin) {
      const asker = createAsker();
      try {
        const sender = await decide({ cli, gateway, asker }, pairing, role);
        if (!sender) throw refusedError();
        return tellAdmitted(cli, sender);
      } finally {
        asker.close();
      }
    }
    const { secondFactor } = await gateway.request('senders.list', {});
    const code = secondFactor && role !== 'guest' ? { code: await askCode(cli, totpStdin) } : {};
    const { sender } = await gateway.request('senders.approve', { ref: pairing.id, role, ...code });
    tellAdmitted(cli, sender);
  });

export async function deny(cli: Cli, ref: string): Promise<void> {
  const { denied } = await withGateway(cli, false, (gateway) =>
    gateway.request('senders.deny', { ref }),
  );
  if (cli.out.json) return cli.out.object({ denied });
  cli.out.say(`Refused ${nameOf(denied.channel, denied.who?.id)}. They get no answer.`);
  cli.out.hint(
    `They may ask again in an hour, unless:   atom senders block ${denied.who?.id ?? ''}`,
  );
}

export async function block(cli: Cli, who: string): Promise<void> {
  const { sender } = await withGateway(cli, false, (gateway) =>
    gateway.request('senders.block', { who }),
  );
  if (cli.out.json) return cli.out.object({ sender });
  cli.out.say(`${nameOf(sender.channel, sender.id)} is blocked and gets no answer.`);
  cli.out.hint(`Undo, so that they are a stranger again:   atom senders revoke ${sender.handle}`);
}

export async function revoke(cli: Cli, who: string): Promise<void> {
  const { sender } = await withGateway(cli, false, (gateway) =>
    gateway.request('senders.revoke', { who }),
  );
  if (cli.out.json) return cli.out.object({ sender });
  cli.out.say(`${nameOf(sender.channel, sender.id)} is not known here any more (${was(sender)}).`);
  cli.out.say('What was asked for them is denied, and no standing approval of theirs holds.');
  cli.out.hint(`Undo, with them:   atom pair ${sender.channel} --role ${sender.role}`);
}

export async function setRole(
  cli: Cli,
  {
    who,
    role,
    totpStdin,
  }: { readonly who: string; readonly role: Role; readonly totpStdin: boolean },
): Promise<void> {
  const { sender, was: before } = await withGateway(cli, false, async (gateway) => {
    const { secondFactor, senders } = await gateway.request('senders.list', {});
    const known = senders.find(({ handle, id }) => handle === who || id === who);
    const more = known === undefined || outranks(role, known.role);
    if (role === 'owner')
      requirePerson(cli, 'An owner is confirmed by a person', 'At a terminal:   atom senders role');
    if (role === 'owner') await confirmOwner(known ? nameOf(known.channel, known.id) : who);
    const wanted = secondFactor && more && role !== 'guest';
    const code = wanted ? { code: await askCode(cli, totpStdin) } : {};
    return gateway.request('senders.role', { who, role, ...code });
  });
  if (cli.out.json) return cli.out.object({ sender, was: before });
  cli.out.say(`${nameOf(sender.channel, sender.id)} is ${role} now (was ${before}).`);
  cli.out.hint(`Undo:   atom senders role ${sender.handle} ${before}`);
}

async function confirmOwner(who: string): Promise<void> {
  const asker = createAsker();
  try {
    if (await asker.yes(`Make ${who} an owner, who decides like you?`, false)) return;
  } finally {
    asker.close();
  }
  throw new AtomError('declined', 'Nothing was changed.');
}

const nameOf = (channel: string, id: string | undefined): string => `${channel} ${id ?? '?'}`;
const was = ({ state, role }: Sender): string => `was ${state === 'blocked' ? 'blocked' : role}`;
