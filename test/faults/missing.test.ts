import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { type StartOptions, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { takeSeat } from '../flows/stage/seat.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function stage(options: StartOptions = {}) {
  const profile = createProfile();
  opened.push(profile.remove);
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const gateway = await startGateway(profile, options);
  opened.push(gateway.kill);
  const seat = await takeSeat(profile);
  opened.push(seat.leave);
  return { profile, gateway, seat };
}

/** A machine on which there is no bubblewrap. */
const withoutBubblewrap = [
  ...['bwrap', '--die-with-parent', '--dev-bind', '/', '/'],
  ...['--ro-bind', '/dev/null', '/usr/bin/bwrap', '--'],
];

describe('where something is missing', () => {
  it.runIf(process.platform === 'linux')(
    'no command runs without a jail, and everything else does',
    async () => {
      const { profile, gateway, seat } = await stage({ around: withoutBubblewrap });
      await gateway.logged('no jail, so no command runs');
      for (const line of ['list files', 'run ls', 'make folder photos']) {
        const answer = await seat.ask(line);
        expect(answer, line).toContain('there is no jail');
        expect(answer, line).not.toContain('notes.txt');
      }
      const { jail } = await seat.gateway.request('status', {});
      expect(jail.state).toBe('unavailable');
      const { code, out } = await atom(profile, ['chat', 'list files']);
      expect({ code, out }).toMatchObject({ code: 7, out: expect.stringContaining('no jail') });
    },
  );

  it('the jail’s folder, a command is answered with a sentence, and runs once it is back', async () => {
    const { profile, seat } = await stage();
    const aside = `${profile.jail}-aside`;
    renameSync(profile.jail, aside);
    expect(await seat.ask('list files')).toContain(`${profile.jail}`);
    expect(await seat.ask('show me notes.txt')).toMatch(/missing|no jail|no folder/i);
    renameSync(aside, profile.jail);
    expect(await seat.ask('list files')).toContain('notes.txt');
  });

  it('a link has taken the place of the jail’s folder, nothing behind it is shown', async () => {
    const { profile, seat } = await stage();
    rmSync(profile.jail, { recursive: true });
    symlinkSync(profile.paths.config, profile.jail);
    for (const line of ['list files', 'show me config.json', 'write spoiled to config.json']) {
      const answer = await seat.ask(line);
      expect(answer, line).not.toMatch(/config\.json\n|"version"/);
      expect(answer, line).toMatch(/jail/);
    }
  });
});

describe('a database', () => {
  it.each([
    [
      'that is something else',
      'not a database at all, but long enough to look like one\n'.repeat(100),
    ],
    ['that was cut short', 'SQLite format 3\0'],
  ])('%s stops the start with a sentence and is left as it is', async (_, content) => {
    const profile = createProfile();
    opened.push(profile.remove);
    mkdirSync(profile.paths.data, { recursive: true });
    writeFileSync(profile.paths.database, content);
    const { code, err } = await atom(profile, ['start', '--headless']);
    expect(code).toBe(1);
    expect(err).toMatch(/is damaged|is not a database/);
    expect(err).toContain(profile.paths.database);
  });

  it('that a newer atom wrote is refused and left as it is', async () => {
    const { profile, gateway } = await stage();
    await gateway.kill();
    profile.change('INSERT INTO schema_version(version) VALUES (99)');
    const { code, err } = await atom(profile, ['start', '--headless']);
    expect(code).toBe(1);
    expect(err).toContain('version 99');
  });
});
