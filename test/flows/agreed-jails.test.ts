import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type Authenticator, enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { until } from './stage/until.ts';

// Elsewhere the secret would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('jails that were edited by hand', () => {
  let profile: Profile;
  let gateway: GatewayProcess;
  let phone: Authenticator;
  beforeAll(async () => {
    await builtAtom();
    profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
    mkdirSync(join(profile.folder, 'site'));
    gateway = await startGateway(profile);
    phone = await enrol(profile);
    await gateway.kill();
    profile.configure({
      jails: [
        { name: 'work', folder: profile.jail, network: ['example.org'] },
        { name: 'site', folder: join(profile.folder, 'site') },
      ],
    });
    gateway = await startGateway(profile);
  });
  afterAll(async () => {
    await gateway?.kill();
    profile?.remove();
  });

  const status = async () => JSON.parse((await atom(profile, ['status', '--json'])).out);

  it('are not used by the next start, which says so everywhere', async () => {
    const { jails, jailsWaiting } = await status();
    expect(jails).toEqual([{ name: 'work', folder: profile.jail, mode: 'read-write' }]);
    expect(jailsWaiting.map(({ name }: { name: string }) => name)).toEqual(['work', 'site']);
    expect(gateway.stderr()).toContain('reach example.org');
    expect((await atom(profile, ['status'])).out).toContain('atom jails agree');
    await until('it is in the feed', () =>
      profile
        .rows<{ text: string }>('SELECT text FROM feed WHERE about IS NULL')
        .some(({ text }) => text.includes('jail site do more than you agreed to')),
    );
  });

  it('are used once the owner agrees with a code, and stay so', async () => {
    expect((await atom(profile, ['jails', 'agree'])).code).toBe(4);
    const agreed = ['jails', 'agree', '--totp-stdin'];
    const { code, err } = await atom(profile, agreed, `${phone.recovery()}\n`);
    expect([code, err]).toEqual([0, expect.stringContaining('work reach example.org')]);
    await gateway.kill();
    gateway = await startGateway(profile);
    const { jails, jailsWaiting } = await status();
    expect([jails.length, jailsWaiting]).toEqual([2, []]);
  });

  it('are narrowed without a code and widened with one', async () => {
    const set = (...words: readonly string[]) => atom(profile, ['jails', 'set', 'work', ...words]);
    expect((await set('--network', 'none', '--limit', 'wall=2s')).code).toBe(0);
    expect((await set('--network', 'example.org')).code).toBe(4);
    expect((await set('--limit', 'wall=none')).code).toBe(4);
    const { jails } = await status();
    expect(jails[0]).toMatchObject({ name: 'work', limits: { wallMs: 2000 } });
    expect(jails[0].network).toBeUndefined();
  });

  it('can be tried while the gateway runs', async () => {
    const { code, out } = await atom(profile, ['jails', 'check', 'site']);
    expect([code, out]).toEqual([0, expect.stringContaining('site holds')]);
    expect((await atom(profile, ['jails', 'check', 'nowhere'])).code).toBe(1);
  });
});
