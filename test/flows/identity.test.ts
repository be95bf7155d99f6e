import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { startOpenId } from '../peers/openid.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

const PEER = join(import.meta.dirname, '..', 'peers', 'device.ts');

interface Line {
  readonly type: string;
  readonly nonce?: string;
  readonly digits?: string;
  readonly message?: string;
  readonly scopes?: readonly string[];
}

// Elsewhere the gateway's key would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('an OpenID provider', () => {
  let provider: Awaited<ReturnType<typeof startOpenId>>;
  let profile: Profile;
  let gateway: GatewayProcess;
  let seat: Seat;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    await builtAtom();
    provider = await startOpenId([
      { sub: '2482', email: 'dana@example.com', email_verified: true },
      { sub: 'e77' },
    ]);
    profile = createProfile({
      env: { DBUS_SESSION_BUS_ADDRESS: '' },
      config: { gateway: { port: 0 }, edition: 'enterprise' },
    });
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
  });
  afterAll(async () => {
    for (const child of children) child.kill();
    seat?.leave();
    await gateway?.kill();
    profile?.remove();
    await provider?.close();
  });

  /** A device in a process of its own, which brings what its user is given for it. */
  async function startDevice(name: string, sub: string) {
    const { setupCode } = await seat.gateway.request('devices.pair', {
      scopes: ['read', 'chat', 'approve'],
    });
    const at = (file: string) => join(profile.folder, `${name}.${file}`);
    const words = ['--store', at('json'), '--code', setupCode, '--name', name];
    const child = spawn(process.execPath, [PEER, ...words, '--id-token', at('jwt')], {
      env: profile.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines: Line[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
    const of = (type: string) => until(type, () => lines.find((line) => line.type === type));
    const { nonce = '' } = await of('nonce');
    const idToken = await provider.signIn(sub, nonce);
    writeFileSync(`${at('jwt')}.part`, idToken);
    renameSync(`${at('jwt')}.part`, at('jwt'));
    return { of, idToken, tell: (line: string) => child.stdin.write(`${line}\n`) };
  }

  it('says whose a device is, the owner lets it in, and no token is left anywhere', async () => {
    const sso = JSON.stringify({ issuer: provider.issuer, audience: provider.audience });
    for (const words of [
      ['agents', 'add', 'dana'],
      ['config', 'set', 'sso', sso],
      ['users', 'add', 'dana', '--agent', 'dana'],
      ['users', 'identify', 'dana', '--email', 'Dana@example.com'],
    ])
      expect(await atom(profile, words)).toMatchObject({ code: 0 });
    expect((await atom(profile, ['users', 'show', 'dana'])).out).toContain(
      'known as email dana@example.com',
    );

    const phone = await startDevice('phone', '2482');
    const { digits = '' } = await phone.of('digits');
    const list = await atom(profile, ['devices', 'list']);
    expect(list.err).toContain('“phone” of dana waits');
    await seat.gateway.request('devices.answer', { ref: digits, verdict: 'approve' });
    expect((await phone.of('connected')).scopes).toEqual(['read', 'chat']);
    expect((await atom(profile, ['devices', 'list'])).out).toMatch(/d1 .*read chat.*dana$/m);

    const pad = await startDevice('pad', 'e77');
    expect((await pad.of('refused')).message).toContain('nobody who is a user here');

    const gone = ['users', 'identify', 'dana', '--email', 'dana@example.com', '--remove'];
    expect(await atom(profile, gone)).toMatchObject({ code: 0 });
    expect((await atom(profile, ['devices', 'list', '--all', '--json'])).out).toContain(
      'revokedAt',
    );
    await phone.of('closed');

    const kept = ['spool', 'outbox', 'feed', 'audit', 'approval', 'run', 'device', 'spent_token']
      .map((table) => JSON.stringify(profile.rows(`SELECT * FROM ${table}`)))
      .join('\n');
    const logged = [kept, gateway.stderr(), readFileSync(profile.paths.configFile, 'utf8')].join();
    for (const { idToken } of [phone, pad])
      for (const piece of idToken.split('.')) expect(logged).not.toContain(piece);
  });

  it('is nobody in the personal edition, where a token says nothing', async () => {
    const set = await atom(profile, ['config', 'set', 'edition', 'personal']);
    expect(set).toMatchObject({ code: 78, err: expect.stringContaining('(atom edition)') });
    const file = join(profile.folder, 'dana.jwt');
    writeFileSync(file, await provider.signIn('2482', 'any'));
    const pair = await atom(profile, ['devices', 'pair', '--id-token-file', file]);
    expect(pair).toMatchObject({ code: 4, err: expect.stringContaining('Nobody is known here') });
    writeFileSync(file, 'no token');
    expect((await atom(profile, ['devices', 'pair', '--id-token-file', file])).code).toBe(2);
  });
});
