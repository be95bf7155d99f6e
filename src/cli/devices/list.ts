import { duration, systemClock } from '../../base/clock.ts';
import type { Device, PairingRequest } from '../../domain/device.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** Who holds a key to the gateway, and who waits for one; `all`: those that were revoked, too. */
export async function listDevices(cli: Cli, all: boolean): Promise<void> {
  const found = await withGateway(cli, false, (gateway) => gateway.request('devices.list', {}));
  if (cli.out.json) return cli.out.object({ ...found });
  const now = systemClock.now();
  const shown = found.devices.filter(({ revokedAt }) => all || revokedAt === undefined);
  const withUsers = shown.some(({ user }) => user !== undefined);
  const rows = [HEAD, HERE, ...shown.map((device) => rowOf(device, now))].map((row, at) =>
    withUsers ? [...row, at === 0 ? 'USER' : (shown[at - 2]?.user ?? 'you')] : row,
  );
  for (const line of table(rows)) cli.out.data(line);
  for (const request of found.waiting) cli.out.warn(waitingLine(request, now));
  const url = found.url === undefined ? 'Nobody can connect from beyond this machine.' : found.url;
  cli.out.say(found.url === undefined ? url : `They connect to ${url}`);
  const last = shown.findLast(({ revokedAt }) => revokedAt === undefined);
  if (last) {
    cli.out.hint(`Unexpected?  atom devices revoke ${last.id}`);
    cli.out.hint('Everything?  atom panic');
  } else cli.out.hint('Connect a phone:   atom devices pair');
}

const HEAD = ['ID', 'NAME', 'MAY', 'ADDED', 'LAST SEEN', 'KEY'] as const;
const HERE = ['–', 'this terminal', 'everything', '–', 'now', '–'] as const;

const rowOf = (device: Device, now: number): readonly string[] => [
  device.id,
  device.name,
  device.revokedAt === undefined ? device.scopes.join(' ') : 'revoked',
  new Date(device.addedAt).toISOString().slice(0, 10),
  seen(device, now),
  device.fingerprint === undefined ? 'token' : shortKey(device.fingerprint),
];

function seen({ connections, lastSeenAt }: Device, now: number): string {
  if (connections > 0) return 'now';
  return lastSeenAt === undefined ? 'never' : `${duration(now - lastSeenAt)} ago`;
}

/** `SHA256:4fQx…-9e2`: enough to tell two apart; --json has all of it. */
const shortKey = (fingerprint: string): string =>
  `${fingerprint.slice(0, 'SHA256:'.length + 4)}…${fingerprint.slice(-4)}`;

const waitingLine = ({ id, name, digits, expiresAt, owner }: PairingRequest, now: number): string =>
  `“${name}”${owner ? ` of ${owner.user}` : ''} waits and shows ${digits}, for ${duration(expiresAt - now)}: atom approvals approve ${id}`;
