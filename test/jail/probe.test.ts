import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMechanism } from '../../src/jail/mechanism.ts';
import { commonChecks, linuxChecks, type Observation } from '../../src/jail/probe/checks.ts';
import { explainFailure } from '../../src/jail/probe/explain-failure.ts';
import { probeJail } from '../../src/jail/probe.ts';
import { othersMayRead } from './readable.ts';
import { launcherDeps } from './scene.ts';

let scratch: string;
const asRoot = process.getuid?.() === 0;
beforeAll(() => {
  scratch = mkdtempSync('/var/tmp/atom-probe-');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const signal = (): AbortSignal => AbortSignal.timeout(10_000);
const machine = { platform: 'linux', arch: 'x64', uid: 1000 };

test('the jail of this machine holds, and the probe leaves nothing behind', async () => {
  const before = readdirSync(scratch);
  const status = await probeJail(await launcherDeps(scratch, '/nonexistent'), signal());
  expect(status).toMatchObject({ state: 'ready' });
  if (status.state !== 'ready') return;
  expect(status.checks).toHaveLength(8);
  expect(status.warnings.some(({ words }) => words.includes('root'))).toBe(asRoot);
  expect(readdirSync(scratch)).toEqual(before);
});

// A checkout in a private folder of root's cannot be read by anybody else.
test.runIf(asRoot && othersMayRead())('it holds for an ordinary account as well', () => {
  const own = join(scratch, 'own');
  mkdirSync(own);
  for (const path of [scratch, own]) chmodSync(path, 0o755);
  chownSync(own, 12_345, 12_345);
  const script = join(import.meta.dirname, 'probe-here.ts');
  const who = ['--reuid', '12345', '--regid', '12345', '--clear-groups'];
  const env = { PATH: '/usr/bin:/bin', HOME: own };
  const status = execFileSync('/usr/bin/setpriv', [...who, process.execPath, script, own], { env });
  expect(JSON.parse(String(status))).toMatchObject({ state: 'ready' });
});

describe('a bubblewrap is not used', () => {
  test('where there is none: the reason and the install command are told', async () => {
    const mechanism = await findMechanism({ ...machine, bwrap: join(scratch, 'nowhere') });
    expect(mechanism).toMatchObject({ kind: 'none', reason: 'bubblewrap is not installed.' });
    const deps = await launcherDeps(scratch, '/nonexistent');
    const status = await probeJail({ ...deps, mechanism }, signal());
    expect(status).toMatchObject({ state: 'unavailable' });
  });

  test.each([
    ['set-uid', 0o4755, 'set-uid'],
    ['writable by others', 0o757, asRoot ? 'changed by others' : 'does not belong to root'],
  ])('that is %s', async (_name, mode, reason) => {
    const bwrap = join(scratch, `bwrap-${mode}`);
    copyFileSync('/usr/bin/bwrap', bwrap);
    chmodSync(bwrap, mode);
    const mechanism = await findMechanism({ ...machine, bwrap });
    expect(mechanism).toMatchObject({ kind: 'none', reason: expect.stringContaining(reason) });
  });

  test('on a processor without a filter, or a system without a jail', async () => {
    expect(await findMechanism({ ...machine, arch: 'mips' })).toMatchObject({ kind: 'none' });
    expect(await findMechanism({ ...machine, platform: 'win32' })).toMatchObject({
      reason: expect.stringContaining('WSL 2'),
    });
  });
});

describe('the probe notices', () => {
  const status = { NoNewPrivs: '1', Seccomp: '2' };
  const caps = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map(
    (name) => [name, '0000'] as const,
  );
  const good: Observation = {
    lines: new Map<string, string>([
      ['finished', 'yes'],
      ['ns.user', 'user:[2]'],
      ...[...Object.entries(status), ...caps].map(([k, v]) => [`status.${k}`, v] as const),
    ]),
    canaryRead: false,
    outsideWritten: false,
    loopbackReached: false,
    namespaces: new Map([['user', 'user:[1]']]),
  };
  const leaks = (seen: Observation): string[] =>
    [...commonChecks(seen), ...linuxChecks(seen)].filter((c) => !c.held).map((c) => c.name);
  const with_ = (name: string, value: string): Observation => ({
    ...good,
    lines: new Map([...good.lines, [name, value]]),
  });

  test('nothing where all is well', () => expect(leaks(good)).toEqual([]));

  test.each([
    ['files outside cannot be read', { ...good, canaryRead: true }],
    ['files outside cannot be written', { ...good, outsideWritten: true }],
    ['the network cannot be reached', { ...good, loopbackReached: true }],
    ['the probe ran to its end', with_('finished', 'no')],
    ['no privileges', with_('status.CapEff', '0000003fffffffff')],
    ['no privileges', with_('status.Seccomp', '0')],
    ['separate namespaces', with_('ns.user', 'user:[1]')],
    ['no namespaces inside', with_('nested', 'yes')],
    ['kernel settings are read-only', with_('sysctl', 'open')],
  ] as const)('that it is not so: %s', (name, seen) => expect(leaks(seen)).toEqual([name]));
});

test('where AppArmor is in the way, its profile is offered and not the global switch', () => {
  const said = 'bwrap: setting up uid map: Permission denied';
  expect(explainFailure(said, true, false).install).toMatch(/^sudo apt-get .*apparmor_parser -r/);
  expect(explainFailure(said, false, false)).not.toHaveProperty('install');
  expect(explainFailure('bwrap: something else', true, false)).toEqual({
    reason: 'bwrap: something else',
  });
});
