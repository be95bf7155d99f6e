import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type Authenticator, enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

/** Takes a file away by code of an interpreter: nothing takes that back, so it is never one tap. */
const removing = (name: string): string => `/run perl -e 'unlink "${name}"'`;

// Elsewhere the secret would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('with a second factor', () => {
  let profile: Profile;
  let gateway: GatewayProcess;
  let seat: Seat;
  let phone: Authenticator;
  beforeAll(async () => {
    await builtAtom();
    profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
    for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(join(profile.jail, name), name);
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
    phone = await enrol(profile);
  });
  afterAll(async () => {
    seat?.leave();
    await gateway?.kill();
    profile?.remove();
  });

  const pipe = (words: readonly string[], code: string) =>
    atom(profile, [...words, '--totp-stdin'], `${code}\n`);
  const configured = () => JSON.parse(readFileSync(profile.paths.configFile, 'utf8'));
  const there = (name: string) => existsSync(join(profile.jail, name));
  let asked = 0;
  const ask = async (text: string) => {
    const event = await seat.say(text);
    const card = await seat.asked(asked);
    asked += 1;
    return { event, card };
  };

  it('what nothing takes back needs the code of its card and one of the phone, typed into the chat', async () => {
    const { event, card } = await ask(removing('a.txt'));
    expect(card.factor).toBe('totp');
    expect(there('a.txt')).toBe(true);
    expect(await seat.decide(card, 'approve', true)).toMatchObject({
      ok: false,
      reason: 'needs-code',
    });
    const code = phone.code();
    expect(await seat.ask(`ok ${card.code} ${code}`)).toBe(`Approved: ${card.code}`);
    await seat.answerTo(event);
    expect(there('a.txt')).toBe(false);
    const second = await ask(removing('b.txt'));
    expect(await seat.ask(`ok ${second.card.code} ${code}`)).toMatch(/used already|wrong/);
    expect(there('b.txt')).toBe(true);
    const nowhere = new RegExp(`${card.code} ${code}|"${code}"|${phone.secret}`);
    for (const text of everything(profile.folder)) expect(text).not.toMatch(nowhere);
    expect(everything(profile.folder).join()).toContain(`ok ${card.code} ••••••`);
    expect(gateway.stderr()).not.toMatch(nowhere);
    const typed = ['approvals', 'approve', second.card.code];
    const wrong = await pipe(typed, 'aaaa-bbbb-cccc-dddd');
    expect(wrong).toMatchObject({ code: 4, err: expect.stringContaining('That code is wrong') });
    expect((await atom(profile, typed)).code).toBe(2);
    expect((await atom(profile, [...typed, '--typed'])).code).toBe(4);
    expect(await pipe(typed, phone.recovery())).toMatchObject({ code: 0 });
    await seat.answerTo(second.event);
    expect(there('b.txt')).toBe(false);
  });

  it('its secret is shown to nobody and changed by nobody by hand', async () => {
    const listed = await atom(profile, ['secrets', 'list']);
    expect(listed.out).toContain('2fa.totp');
    expect(listed.out).not.toContain(phone.secret);
    for (const [verb, text] of [
      ['set', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
      ['remove', ''],
    ] as const) {
      const { code, err } = await atom(profile, ['secrets', verb, '2fa.totp'], text);
      expect([code, err]).toEqual([2, expect.stringContaining('atom 2fa --help')]);
    }
  });

  it('another folder for commands needs a code, and nothing is half done without', async () => {
    const [before, site] = [configured(), join(profile.folder, 'site')];
    for (const refused of [
      await atom(profile, ['jails', 'add', site]),
      await pipe(['jails', 'add', site], '000000'),
    ]) {
      expect(refused.code).toBe(4);
      expect([configured(), existsSync(site)]).toEqual([before, false]);
    }
    const set = ['config', 'set', 'jails.0.folder', join(profile.folder, 'c')];
    expect(await atom(profile, set)).toMatchObject({ code: 4 });
    expect(configured()).toEqual(before);
    expect(await pipe(['jails', 'add', site], phone.recovery())).toMatchObject({ code: 0 });
    const { jails } = await seat.gateway.request('jails.list', {});
    expect(jails.map(({ name }) => name)).toEqual(['work', 'site']);
    expect((await atom(profile, ['jails', 'remove', 'site'])).code).toBe(0);
  });

  it('nobody is made an owner, and no provider reads along, by the settings alone', async () => {
    const before = configured();
    const owner = await atom(profile, ['config', 'set', 'channels.telegram.allow', '["666"]']);
    expect(owner).toMatchObject({ code: 4, err: expect.stringContaining('atom pair telegram') });
    const model = ['models', 'use', 'anthropic/x'];
    expect(await atom(profile, ['config', 'set', 'model', 'anthropic/x'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('atom models use anthropic/x'),
    });
    expect((await pipe(model, '000000')).code).toBe(4);
    expect(configured()).toEqual(before);
    expect(await pipe(model, phone.recovery())).toMatchObject({ code: 0 });
    expect(await atom(profile, ['models', 'use', 'offline'])).toMatchObject({ code: 0 });
  });

  it('a folder that was written into the file by hand is not taken without a code either', async () => {
    const wide = { name: 'wide', folder: profile.folder, mode: 'read-write' as const };
    const work = { name: 'work', folder: profile.jail, mode: 'read-write' as const };
    profile.configure({ jails: [work, wide] });
    await expect(seat.gateway.request('jails.reload', {})).rejects.toMatchObject({
      code: 'credentials',
      message: expect.stringContaining('wide'),
    });
    const { jails } = await seat.gateway.request('jails.list', {});
    expect(jails).toEqual([work]);
    profile.configure({});
  });

  it('codes are tried out, counted and made anew', async () => {
    const right = await pipe(['2fa', 'verify'], phone.recovery());
    expect(right).toMatchObject({ code: 0, out: 'That recovery code is right.\n' });
    expect((await atom(profile, ['2fa', 'codes'])).out).toBe('6 recovery codes are left.\n');
    expect((await atom(profile, ['2fa', 'codes', '--renew'])).code).toBe(4);
    const old = phone.recovery();
    const made = await pipe(['2fa', 'codes', '--renew'], phone.recovery());
    const fresh = made.out.trim().split('\n');
    expect(fresh).toHaveLength(10);
    expect((await pipe(['2fa', 'verify'], old)).code).toBe(4);
    expect((await pipe(['2fa', 'verify'], fresh[0] ?? '')).code).toBe(0);
    phone = { ...phone, recovery: () => fresh.pop() ?? 'none is left' };
  });

  it('is taken away with a code, and set up again', async () => {
    expect((await atom(profile, ['2fa', 'enroll', '--totp-stdin'], '')).code).toBe(2);
    expect((await pipe(['2fa', 'disable'], '000000')).code).toBe(4);
    expect((await pipe(['2fa', 'disable'], phone.recovery())).code).toBe(0);
    expect((await atom(profile, ['status'])).out).toMatch(/2fa +none enrolled/);
    expect((await atom(profile, ['doctor'])).out).toContain('atom 2fa enroll');
    expect((await atom(profile, ['2fa', 'codes'])).err).toContain('There is no second factor');
    const { card } = await ask(removing('c.txt'));
    expect(card.factor).toBe('typed');
    await seat.decide(card, 'deny');
    expect(there('c.txt')).toBe(true);
    phone = await enrol(profile);
    expect((await atom(profile, ['status'])).out).toMatch(/2fa +enrolled · 10 recovery codes/);
  });

  it('five wrong codes lock it, also after a restart, and everybody is told', async () => {
    for (let n = 0; n < 5; n++)
      expect((await pipe(['2fa', 'verify'], 'aaaa-bbbb-cccc-dddd')).code).toBe(4);
    await until('the alert', () =>
      seat.events.some(
        (event) => event.kind === 'feed' && event.post.text.includes('Five codes of the second'),
      ),
    );
    seat.leave();
    await gateway.kill();
    const site = join(profile.folder, 'late');
    const offline = await atom(profile, ['jails', 'add', site]);
    expect(offline).toMatchObject({ code: 4, err: expect.stringContaining('atom start') });
    expect(existsSync(site)).toBe(false);
    expect((await atom(profile, ['2fa', 'verify', '--totp-stdin'], '1')).code).toBe(5);
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
    asked = 0;
    expect(await pipe(['2fa', 'verify'], phone.recovery())).toMatchObject({
      code: 4,
      err: expect.stringMatching(/No code is taken until \d\d:\d\d/),
    });
    expect((await atom(profile, ['status'])).out).toContain('LOCKED until');
    const { card } = await ask(removing('c.txt'));
    expect(await seat.ask(`ok ${card.code} ${phone.code()}`)).toContain('No code is taken until');
    expect(await seat.ask(`no ${card.code}`)).toBe(`Denied: ${card.code}`);
    expect(there('c.txt')).toBe(true);
  });

  it('leaves a record that holds', async () => {
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });
});

/** The text of every file below a folder. */
const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
