import type { Socket } from 'node:net';
import { isPrivateAddress, isPublicAddress } from '../../base/public-address.ts';
import { shellWord } from '../../base/shell-word.ts';
import { within } from '../../base/wait.ts';
import { hostAllowed, whyNoHost } from '../../domain/host-pattern.ts';
import type { Outside } from '../../domain/outside.ts';
import { readPrivateHost } from '../../domain/private-host.ts';
import type { Ledger } from './ledger.ts';
import { type Target, targetText } from './target.ts';

/** A connection to a host that may be reached, or why there is none: an HTTP status and words. */
export type Reached =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly status: 403 | 502; readonly why: string };

export type Reach = (target: Target) => Promise<Reached>;

export interface ReachDeps {
  readonly outside: Outside;
  readonly ledger: Ledger;
  /** Name of the jail, and the hosts that its owner allowed. */
  readonly jail: string;
  readonly hosts: readonly string[];
  /** Servers that may have an address of this machine or of a private network, as `readPrivateHost` reads them. */
  readonly ownServers?: readonly string[] | undefined;
  /** Aborts once the run is over. */
  readonly over: AbortSignal;
}

const RESOLVE_MS = 10_000;
/** A name with many addresses is tried at a few. */
const MOST_ADDRESSES = 4;

/**
 * Decides about one target at a time, and connects. A name is looked up once in a run, and what is
 * dialled is an address that was checked: whoever owns the name cannot answer differently later.
 */
export function createReach(deps: ReachDeps): Reach {
  const { outside, ledger, jail, hosts, ownServers = [], over } = deps;
  const own = ownServers.map(readPrivateHost).filter((one) => typeof one !== 'string');

  const known = new Map<string, Promise<readonly string[]>>();
  const addressesOf = (host: string): Promise<readonly string[]> => {
    const earlier = known.get(host);
    if (earlier) return earlier;
    const found = within(RESOLVE_MS, host, outside.resolve(host));
    known.set(host, found);
    // What was not found may be there in a moment; what was found stays.
    found.catch(() => known.delete(host));
    return found;
  };
  const refuse = (target: Target, status: 403 | 502, why: string): Reached => {
    ledger.refused(targetText(target), why);
    return { ok: false, status, why };
  };
  return async (target) => {
    const { host, port } = target;
    const isOwn = own.some((one) => one.host === host && one.port === port);
    if (!isOwn && !hostAllowed(hosts, host, port))
      return refuse(target, 403, notAllowed({ jail, hosts }, target));
    const all = await addressesOf(host).catch(() => []);
    if (all.length === 0) return refuse(target, 502, `${host} was not found.`);
    const fits = (one: string): boolean => isPublicAddress(one) || (isOwn && isPrivateAddress(one));
    const safe = all.filter(fits).slice(0, MOST_ADDRESSES);
    if (safe.length === 0) return refuse(target, 403, `${host} ${NOT_PUBLIC}`);
    const socket = await dialOne(outside, safe, port);
    if (!socket) return refuse(target, 502, `${targetText(target)} did not answer.`);
    if (over.aborted) socket.destroy();
    ledger.opened(target, socket);
    return { ok: true, socket };
  };
}

const NOT_PUBLIC =
  'is an address of this machine or of a private network, which no command may reach.';

async function dialOne(
  { dial }: Outside,
  addresses: readonly string[],
  port: number,
): Promise<Socket | undefined> {
  for (const address of addresses) {
    const socket = await dial(address, port).catch(() => undefined);
    if (socket) return socket;
  }
  return undefined;
}

function notAllowed({ jail, hosts }: Pick<ReachDeps, 'jail' | 'hosts'>, target: Target): string {
  const { host, port } = target;
  const asked = port === 443 || port === 80 ? host : targetText(target);
  const unnamed = whyNoHost(asked);
  if (unnamed !== undefined)
    return `No command may reach ${targetText(target)}: only whole names of hosts can be allowed.`;
  const allow = `atom jails set ${shellWord(jail)} --network ${[...hosts, asked].map(shellWord).join(',')}`;
  return `${targetText(target)} is not among the hosts of this jail. Its owner can allow it: ${allow}`;
}
