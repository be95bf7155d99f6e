import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

const PEER = join(import.meta.dirname, '..', 'peers', 'device.ts');

interface Line {
  readonly type: string;
  readonly digits?: string;
  readonly theirs?: string;
  readonly seq?: number;
  readonly code?: number;
  readonly event?: { readonly kind: string; readonly id?: string; readonly inReplyTo?: string };
}

/** A device in a process of its own, by the protocol alone. */
function startDevice(profile: Profile, words: readonly string[]) {
  const store = join(profile.folder, 'device.json');
  const child: ChildProcess = spawn(process.execPath, [PEER, '--store', store, ...words], {
    env: profile.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    lines,
    ended,
    tell: (line: string) => child.stdin?.write(`${line}\n`),
    of: (type: string) => lines.filter((line) => line.type === type),
    messages: () => lines.flatMap(({ event }) => (event?.kind === 'message' ? [event] : [])),
  };
}

// Elsewhere the gateway's key would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('a device', () => {
  let profile: Profile;
  let gateway: GatewayProcess;
  let seat: Seat;
  let device: ReturnType<typeof startDevice> | undefined;
  beforeAll(async () => {
    await builtAtom();
    profile = createProfile({
      env: { DBUS_SESSION_BUS_ADDRESS: '' },
      config: { gateway: { port: 0 } },
    });
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
  });
  afterAll(async () => {
    device?.child.kill();
    seat?.leave();
    await gateway?.kill();
    profile?.remove();
  });

  it('is let in by its digits, loses the network ten times and no event, and is cut off once revoked', async () => {
    const { gateway: owner } = seat;
    const { setupCode } = await owner.request('devices.pair', {
      scopes: ['read', 'chat', 'approve'],
    });
    device = startDevice(profile, ['--code', setupCode]);
    const phone = device;
    const shown = await until('digits', () => phone.of('digits')[0]);
    expect(shown.digits).toBe(shown.theirs);
    const { device: row } = await owner.request('devices.answer', {
      ref: shown.digits ?? '',
      verdict: 'approve',
    });
    await until('it is connected', () => phone.of('connected')[0]);

    for (let cut = 1; cut <= 10; cut++) {
      phone.tell(`say hello ${cut}`);
      phone.tell('cut');
      await until(`connection ${cut + 1}`, () => phone.of('connected')[cut]);
    }
    await until('ten answers', () => phone.messages().length >= 10 || undefined, 30_000);
    const seqs = phone.of('event').map(({ seq }) => seq ?? 0);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(new Set(phone.messages().map(({ inReplyTo }) => inReplyTo)).size).toBe(10);
    expect(phone.messages()).toHaveLength(10);
    // It speaks for the owner, who is asked nothing before being told of files.
    phone.tell('say list files');
    await until('the list', () => phone.messages().length >= 11 || undefined, 30_000);
    expect(await owner.request('approvals.list', {})).toEqual({ approvals: [] });
    expect(phone.lines.some((line) => 'gap' in line && line.gap === true)).toBe(false);

    expect(await owner.request('devices.revoke', { ref: row?.id ?? '' })).toMatchObject({
      closed: 1,
    });
    await phone.ended;
    expect(phone.lines.at(-1)).toMatchObject({ type: 'closed', code: 4001 });
    expect(gateway.stderr()).not.toMatch(/atk_|bootstrapToken/);
    expect(gateway.stderr()).not.toContain(setupCode);
  });
});
