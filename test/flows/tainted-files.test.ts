import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type Authenticator, enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  mkdirSync(join(profile.jail, '.git'));
  for (const name of ['notes.txt', 'plan.txt']) writeFileSync(join(profile.jail, name), 'do it\n');
  gateway = await startGateway(profile);
  profile.setMaturity('supervised');
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

const cli = (words: readonly string[], stdin?: string) => atom(profile, words, stdin);
const at = (name: string): string => join(profile.jail, name);
/** As a run leaves it whose window held strangers' words. */
const taint = (name: string, labels = { integrity: 'untrusted', confidentiality: 'public' }) =>
  profile.change(
    `INSERT INTO taint(path, run, labels) VALUES(?, '', ?)`,
    at(name),
    JSON.stringify(labels),
  );
const tainted = (): readonly string[] =>
  profile.rows<{ path: string }>('SELECT path FROM taint ORDER BY path').map(({ path }) => path);
const asked = (): number => seat.events.filter(({ kind }) => kind === 'approval.asked').length;

describe('files that count as strangers’ words', () => {
  it('are listed with why, those that are gone left out', async () => {
    for (const name of ['.git', 'notes.txt', 'plan.txt', 'gone.txt']) taint(name);
    const { out } = await cli(['files', 'tainted']);
    expect(out).toContain(`strangers’ words         ${at('.git')}/\n`);
    expect(out).toContain(`strangers’ words         ${at('notes.txt')}\n`);
    expect(out).not.toContain('gone.txt');
    const { tainted: listed } = JSON.parse((await cli(['files', 'tainted', '--json'])).out);
    expect(listed).toContainEqual({ path: at('.git'), strangers: true, secret: false });
  });

  it('are trusted by the owner’s yes only, and those beside them are not', async () => {
    const before = tainted();
    const silent = await cli(['files', 'trust', at('notes.txt')]);
    expect(silent.code).toBe(2);
    expect(silent.err).toContain(at('notes.txt'));
    expect(tainted()).toEqual(before);
    const said = await cli(['files', 'trust', at('notes.txt'), '--yes']);
    expect(said).toMatchObject({ code: 0, out: `Trusted: ${at('notes.txt')}\n` });
    expect(tainted()).toEqual(before.filter((path) => path !== at('notes.txt')));
  });

  it('are refused where there is nothing, and where nothing is to lift', async () => {
    const before = tainted();
    const gone = await cli(['files', 'trust', at('gone.txt'), at('plan.txt'), '--yes']);
    expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('There is nothing at') });
    const clean = await cli(['files', 'trust', at('notes.txt'), '--yes']);
    expect(clean.err).toMatch(/Nothing at .*notes\.txt counts as strangers’ words/);
    expect(tainted()).toEqual(before);
  });

  it('spread to what commands write until the whole folder is trusted', async () => {
    await seat.ask('run cp notes.txt copy.txt');
    expect(tainted()).toContain(at('copy.txt'));
    expect((await cli(['files', 'trust', profile.jail, '--yes'])).code).toBe(0);
    expect(tainted()).toEqual([]);
    const questions = asked();
    await seat.ask('run cp plan.txt other.txt');
    expect([asked(), tainted()]).toEqual([questions, []]);
  });

  it('keep what is private', async () => {
    taint('copy.txt', { integrity: 'untrusted', confidentiality: 'secret' });
    const said = await cli(['files', 'trust', at('copy.txt'), '--yes']);
    expect(said.err).toContain('What is private stays so.');
    expect((await cli(['files', 'tainted'])).out).toMatch(/^private +\S+copy\.txt$/m);
  });

  it('are trusted on the record', async () => {
    expect((await cli(['audit', 'list', '--kind', 'files.trusted'])).out).toContain(
      at('notes.txt'),
    );
    const begun = profile
      .rows<{ body: string }>(`SELECT body FROM audit WHERE kind = 'begun'`)
      .map(({ body }) => JSON.parse(body))
      .find(({ action }) => action === 'files.trust');
    expect(begun).toMatchObject({ complexity: 4, principal: { kind: 'owner' } });
    expect((await cli(['audit', 'verify'])).code).toBe(0);
  });

  // Elsewhere the secret would be kept in the keychain of whoever runs this.
  it.skipIf(process.platform !== 'linux')('need a code where a second factor is', async () => {
    const phone: Authenticator = await enrol(profile);
    taint('.git');
    const words = ['files', 'trust', at('.git'), '--yes'];
    const before = tainted();
    expect((await cli(words)).code).toBe(4);
    expect((await cli([...words, '--totp-stdin'], '000000\n')).code).toBe(4);
    expect(tainted()).toEqual(before);
    expect((await cli([...words, '--totp-stdin'], `${phone.recovery()}\n`)).code).toBe(0);
    expect(tainted()).toEqual(before.filter((path) => path !== at('.git')));
  });
});
