import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

describe('what a crash cut off', () => {
  let profile: Profile;
  let gateway: GatewayProcess;
  beforeEach(async () => {
    await builtAtom();
    profile = createProfile();
    writeFileSync(join(profile.jail, 'slow.sh'), 'echo x >> began\nsleep 20\necho x >> ended\n');
    await (await startGateway(profile)).kill();
    profile.setMaturity('supervised');
    gateway = await startGateway(profile);
    const seat = await takeSeat(profile);
    await seat.say('run sh slow.sh');
    await until('it began', () => existsSync(join(profile.jail, 'began')));
    seat.leave();
    await gateway.kill();
    gateway = await startGateway(profile);
  });
  afterEach(async () => {
    await gateway?.kill();
    profile?.remove();
  });

  const doubt = async (): Promise<string> => {
    const { out } = await atom(profile, ['runs', 'list', '--json']);
    const runs: readonly { code: string; state: string }[] = JSON.parse(out).runs;
    return runs.find(({ state }) => state === 'uncertain')?.code ?? '';
  };
  const waiting = async (): Promise<number> =>
    JSON.parse((await atom(profile, ['status', '--json'])).out).doubts;
  const settle = (...words: readonly string[]) => atom(profile, ['runs', 'settle', ...words]);

  it('is shown to the owner, not repeated by itself, and settled by a word', async () => {
    const told = await until('the owner is told', () =>
      profile
        .rows<{ text: string }>('SELECT text FROM feed WHERE about IS NULL')
        .find(({ text }) => text.includes('nobody knows how far it got')),
    );
    const code = await doubt();
    expect(told.text).toContain('sh slow.sh');
    expect(told.text).toContain(`atom runs settle ${code} --happened`);
    expect(await waiting()).toBe(1);
    const way = `atom runs settle ${code} --happened (or --again, or --forget)`;
    const list = await atom(profile, ['runs', 'list']);
    expect(list.out).toMatch(new RegExp(`^ *${code} .* in doubt +sh slow.sh`, 'm'));
    expect(list.err).toContain(way);
    expect((await atom(profile, ['runs', 'show', code])).err).toContain(way);
    expect((await atom(profile, ['doctor'])).out).toContain('one was cut off');
    expect((await settle(code)).code).toBe(2);
    expect((await settle(code, '--forget', '--again')).code).toBe(2);
    expect((await settle(code, '--happened')).code).toBe(0);
    expect(await waiting()).toBe(0);
    expect((await settle(code, '--forget')).code).toBe(1);
    expect(readdirSync(profile.jail)).not.toContain('ended');
    expect((await atom(profile, ['audit', 'list'])).out).toContain('run.settled');
  });

  it('is done again when the owner says so, decided anew', async () => {
    writeFileSync(join(profile.jail, 'slow.sh'), 'echo x >> ended\n');
    const { code, err } = await settle(await doubt(), '--again');
    expect([code, err]).toEqual([0, expect.stringContaining('was done again')]);
    expect(readdirSync(profile.jail)).toContain('ended');
    expect(await waiting()).toBe(0);
  });
}, 60_000);
