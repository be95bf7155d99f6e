import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAtomError, systemCode } from '../../src/base/errors.ts';
import { builtAtom } from '../cli/built.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { takeSeat } from '../flows/stage/seat.ts';
import { until } from '../flows/stage/until.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';

const DISK_BYTES = 16 * 1024 ** 2;

let peer: CrablinePeer;
let profile: Profile;
let gateway: GatewayProcess;
/** Only bubblewrap can give a process a small disk of its own. */
const linux = process.platform === 'linux';

beforeAll(async () => {
  if (!linux) return;
  await builtAtom();
  peer = await startCrabline();
  profile = createProfile({
    config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } } },
    env: { TELEGRAM_BOT_TOKEN: peer.token },
  });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const state = join(profile.folder, 's');
  mkdirSync(state, { recursive: true });
  const disk = ['--size', String(DISK_BYTES), '--tmpfs', state];
  const around = ['bwrap', '--die-with-parent', '--dev-bind', '/', '/', ...disk, '--'];
  gateway = await startGateway(profile, { around });
});
afterAll(async () => {
  await gateway?.kill();
  await peer?.close();
  profile?.remove();
});

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (const bytes of [64 * 1024, 512]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if (systemCode(error) !== 'ENOSPC') throw error;
    }
  }
}

it.runIf(linux)(
  'says that the disk is full, loses nothing, and goes on by itself once there is room',
  async () => {
    const pid = Number((await gateway.logged('listening on')).fields.pid);
    // The small disk is seen by the gateway alone; this is how it is seen from here.
    const seen = (path: string): string => `/proc/${pid}/root${path}`;
    const seat = await takeSeat({
      paths: { ...profile.paths, socket: seen(profile.paths.socket) },
    });
    const filler = seen(join(profile.paths.state, 'filler'));
    fill(filler);

    const kept: string[] = [];
    const refusal = await until('a refusal', async () => {
      try {
        kept.push(await seat.say('show me notes.txt'));
        return undefined;
      } catch (error) {
        return asAtomError(error);
      }
    });
    expect(refusal.message).toContain('The disk is full');
    expect(refusal.next.join()).toContain('Free some space');
    await peer.inject('show me notes.txt');
    await gateway.logged('a message could not be stored (The disk is full');
    expect(await peer.sentMessages()).toEqual([]);

    rmSync(filler);
    await until(
      'the answer on the phone',
      async () => (await peer.sentMessages()).some(({ text }) => text.includes('buy milk')),
      20_000,
    );
    for (const event of kept) expect(await seat.answerTo(event, 40_000)).toContain('buy milk');
    expect(await seat.ask('show me notes.txt')).toContain('buy milk');
    const texts = (await peer.sentMessages()).map(({ text }) => text);
    expect(texts).toHaveLength(1);
    seat.leave();
  },
  60_000,
);
