import { shellWord } from '../../base/shell-word.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Scope } from '../../domain/caller.ts';
import type { Device } from '../../domain/device.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

export interface ProgramWish {
  readonly name: string;
  readonly scopes: readonly Exclude<Scope, 'admin'>[] | undefined;
  readonly totpStdin: boolean;
}

/** A token for a program, on stdout this once. */
export async function addProgram(
  cli: Cli,
  { name, scopes, totpStdin }: ProgramWish,
): Promise<void> {
  const { device, token } = await withGateway(cli, false, async (gateway) => {
    const code = await codeFor(cli, gateway, totpStdin);
    const named = scopes === undefined ? { name } : { name, scopes: [...scopes] };
    return gateway.request('devices.add', { ...named, ...code });
  });
  if (cli.out.json) return cli.out.object({ device, token });
  cli.out.say(`${device.id} “${device.name}” may: ${device.scopes.join(' ')}.`);
  showToken(cli, token);
  cli.out.hint(`Undo:   atom devices revoke ${device.id}`);
}

export async function renameDevice(cli: Cli, ref: string, name: string): Promise<void> {
  const { before, device } = await withGateway(cli, false, async (gateway) => {
    const { devices } = await gateway.request('devices.list', {});
    const { device } = await gateway.request('devices.rename', { ref, name });
    return { device, before: devices.find(({ id }) => id === device.id) };
  });
  if (cli.out.json) return cli.out.object({ device });
  cli.out.say(`${device.id} is “${device.name}” now.`);
  if (before) cli.out.hint(`Undo:   atom devices rename ${device.id} ${shellWord(before.name)}`);
}

/** A key in the place of the old one, which is void at once. */
export async function rotateDevice(cli: Cli, ref: string): Promise<void> {
  const { device, token } = await withGateway(cli, false, (gateway) =>
    gateway.request('devices.rotate', { ref }),
  );
  if (cli.out.json) return cli.out.object({ device, ...(token === undefined ? {} : { token }) });
  cli.out.say(`The old key of ${device.id} “${device.name}” is void; that cannot be undone.`);
  if (token === undefined)
    cli.out.say('It fetches its new one when it connects next, with its own key.');
  else showToken(cli, token);
}

export async function revokeDevice(cli: Cli, ref: string): Promise<void> {
  const { device, closed } = await withGateway(cli, false, (gateway) =>
    gateway.request('devices.revoke', { ref }),
  );
  if (cli.out.json) return cli.out.object({ device, closed });
  cli.out.say(`${device.id} “${device.name}” is not let in any more (${connections(closed)}).`);
  cli.out.say('What it asked for is denied, and no standing approval of it holds.');
  const again = device.kind === 'program' ? 'add <name>' : 'pair';
  cli.out.hint(`It cannot be undone. Let it in anew:   atom devices ${again}`);
}

/** A code, where there is a second factor: to let somebody in is an act of trust. */
export async function codeFor(
  cli: Cli,
  gateway: Gateway,
  fromStdin: boolean,
): Promise<{ readonly code?: string }> {
  const { enrolled } = await gateway.request('factor.status', {});
  return enrolled ? { code: await askCode(cli, fromStdin) } : {};
}

/** What somebody may do from now on, and how to take it back. */
export function tellPaired({ out }: Cli, { id, name, scopes }: Device): void {
  out.say(`“${name}” is ${id} and may: ${scopes.join(' ')}.`);
  out.hint(`Undo:   atom devices revoke ${id}`);
}

function showToken({ out }: Cli, token: string): void {
  out.warn('Its token, which is shown only now; keep it where secrets are:');
  out.data(token);
}

const connections = (closed: number): string =>
  closed === 1 ? '1 connection was closed' : `${closed} connections were closed`;
