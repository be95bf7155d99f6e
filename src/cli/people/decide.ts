import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { FIRST_OWNER, ROLE_WORDS } from '../../domain/person-words.ts';
import { type Role, roles } from '../../domain/role.ts';
import type { Sender } from '../../domain/sender.ts';
import { hasOwner } from '../../protocol/newcomers.ts';
import type { PairingView } from '../../protocol/people-methods.ts';
import type { Asker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { pairLines } from './words.ts';

export interface Deciding {
  readonly cli: Cli;
  readonly gateway: Gateway;
  readonly asker: Asker;
}

/**
 * Shows who is to be let in, and lets a person at the terminal say yes, no, or as what else. Resolves to
 * who was let in; undefined where they were refused.
 */
export async function decide(
  { cli, gateway, asker }: Deciding,
  pairing: PairingView,
  wished: Role,
): Promise<Sender | undefined> {
  const { id: ref } = pairing;
  const { secondFactor, ...known } = await gateway.request('senders.list', {});
  const isFirst = !hasOwner(known);
  const chosen = await choose(cli, asker, { pairing, role: wished, isFirst });
  if (chosen === undefined) {
    await gateway.request('senders.deny', { ref });
    return undefined;
  }
  const code = secondFactor && chosen !== 'guest' ? { code: await asker.line(CODE) } : {};
  return (await gateway.request('senders.approve', { ref, role: chosen, ...code })).sender;
}

interface Asked {
  readonly pairing: PairingView;
  readonly role: Role;
  readonly isFirst: boolean;
}

/** The role that a person said yes to; undefined for a no. */
async function choose(
  cli: Cli,
  asker: Asker,
  { pairing, role, isFirst }: Asked,
): Promise<Role | undefined> {
  for (const line of pairLines(pairing, role)) cli.out.say(`▌ ${line}`);
  if (role === 'owner' && isFirst) cli.out.say(`▌ ${FIRST_OWNER}`);
  for (;;) {
    const answer = (await asker.line('▌ y pair   n refuse   r change role: ')).toLowerCase();
    if (answer === 'y' || answer === 'yes') return role;
    if (answer === 'n' || answer === 'no') return undefined;
    if (answer === 'r')
      return choose(cli, asker, { pairing, role: await pickRole(asker), isFirst });
  }
}

/** Tells who was let in, and how to take it back. */
export function tellAdmitted({ out }: Cli, sender: Sender): void {
  const { channel, id, role, handle } = sender;
  if (out.json) {
    out.object({ state: 'done', sender });
    return;
  }
  out.say(`Paired: ${channel} ${id} is ${role}.`);
  out.hint(`Revoke any time:   atom senders revoke ${handle}`);
}

export const refusedError = (): AtomError =>
  new AtomError('declined', 'Refused. Nobody was let in.');

const CODE = 'Six digits of your authenticator, or a recovery code: ';

const pickRole = (asker: Asker): Promise<Role> =>
  asker.choice(
    'As what?',
    roles.map((value) => ({ value, words: `${value} — ${ROLE_WORDS[value]}` })),
  );
