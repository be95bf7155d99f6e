import type { Role } from '../../domain/role.ts';
import type { Candidate, Sender } from '../../domain/sender.ts';
import { nameOf } from './guessing.ts';

/** What somebody is kept as; who was here before keeps their handle and since when they were. */
export function senderOf(
  candidate: Candidate,
  all: readonly Sender[],
  { role, by, now }: { readonly role: Role; readonly by: string; readonly now: number },
): Sender {
  const before = all.find((one) => nameOf(one) === nameOf(candidate));
  const others = new Set(all.filter((one) => one !== before).map(({ handle }) => handle));
  const { channel, account, id, how } = candidate;
  const [name, peer] = [candidate.name ?? before?.name, candidate.peer ?? before?.peer];
  return {
    channel,
    account,
    id,
    role,
    how,
    by,
    state: 'active' as const,
    handle: before?.handle ?? handleFor(candidate, others),
    ...(name === undefined ? {} : { name }),
    ...(peer === undefined ? {} : { peer }),
    since: before?.since ?? now,
    ...(before?.lastAt === undefined ? {} : { lastAt: before.lastAt }),
  };
}

const MOST = 24;

/**
 * What the owner calls somebody on the command line: `dana` of “Dana K. @dana”, with a number behind it
 * where somebody else is called that already. Names are claims, so it is only ever shown with the fixed id.
 */
function handleFor(
  { name = '', id }: Pick<Candidate, 'name' | 'id'>,
  taken: ReadonlySet<string>,
): string {
  const user = /@([a-z0-9_]+)\s*$/i.exec(name)?.[1];
  const [first = ''] = name.trim().split(/\s+/);
  const plain = (user ?? first)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[-_\d]+/, '')
    .slice(0, MOST);
  const wanted = plain === '' ? `user-${id.toLowerCase().replace(/[^a-z0-9]/g, '')}` : plain;
  let handle = wanted;
  for (let number = 2; taken.has(handle); number++) handle = `${wanted}-${number}`;
  return handle;
}
