import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchdAgent } from '../../src/cli/daemon/launchd-agent.ts';
import { systemdUnit } from '../../src/cli/daemon/systemd-unit.ts';
import { createReadyWorld, type World } from './world.ts';

const odd = {
  name: 'atom.service',
  file: '/nowhere',
  profile: 'default',
  logs: '/home/a & b/logs',
  argv: ['/opt/a "b" $HOME 100%/node', '/x\\y/atom.js', 'start'],
  environment: { XDG_STATE_HOME: '/home/a & <b>/%h', ATOM_STATE_DIR: '/srv/$x' },
};

const analyzes = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('what a service manager is told', () => {
  it('holds every word as it is, for systemd', () => {
    const unit = systemdUnit({ ...odd, manager: 'systemd' });
    expect(unit).toContain(
      String.raw`ExecStart="/opt/a \"b\" $$HOME 100%%/node" "/x\\y/atom.js" "start"`,
    );
    expect(unit).toContain('Environment="XDG_STATE_HOME=/home/a & <b>/%%h"');
    // There nothing is looked up, so nothing is doubled.
    expect(unit).toContain('Environment="ATOM_STATE_DIR=/srv/$x"');
  });

  it('holds every word as it is, for launchd', () => {
    const script =
      'import plistlib,sys,json; p=plistlib.loads(sys.stdin.buffer.read()); print(json.dumps([p["ProgramArguments"],p["EnvironmentVariables"],p["StandardErrorPath"]]))';
    const input = launchdAgent({ ...odd, manager: 'launchd' });
    const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([odd.argv, odd.environment, '/home/a & b/logs/service.log']);
  });
});

describe('atom service, with a systemctl that writes down what it is asked', () => {
  let world: World;
  let asked: string;
  let env: { readonly PATH: string };
  beforeEach(async () => {
    world = await createReadyWorld();
    const bin = join(world.home, 'bin');
    asked = join(world.home, 'asked');
    mkdirSync(bin);
    env = { PATH: `${bin}:${world.env.PATH}` };
    answering('exit 0');
  });
  afterEach(() => world.remove());

  function answering(then: string): void {
    const script = join(world.home, 'bin', 'systemctl');
    rmSync(script, { force: true });
    writeFileSync(script, `#!/bin/sh\necho "$*" >> '${asked}'\n${then}\n`);
    chmodSync(script, 0o755);
  }

  const service = (verb: string) => world.run(['service', verb], { env });
  const unit = () => join(world.env.XDG_CONFIG_HOME ?? '', 'systemd', 'user', 'atom.service');

  it.skipIf(!analyzes)('prints a unit that systemd finds nothing wrong with', async () => {
    const { stdout } = await service('print');
    const file = join(world.home, 'atom.service');
    writeFileSync(file, stdout);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', file], {
      env: { ...process.env, XDG_RUNTIME_DIR: world.home },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is written, started, looked at and taken away again', async () => {
    const before = await service('status');
    expect(before).toMatchObject({ code: 1, stderr: expect.stringContaining('service install') });
    expect((await service('install')).code).toBe(0);
    expect(readFileSync(unit(), 'utf8')).toContain(
      `"${world.atom}" "start" "--headless" "--profile" "default"`,
    );
    answering('echo failed; exit 3');
    const status = await service('status');
    expect(status).toMatchObject({
      code: 0,
      stdout: 'atom.service   failed\ngateway   does not answer\n',
      stderr: expect.stringContaining('journalctl --user -u atom.service'),
    });
    answering('exit 0');
    expect((await service('uninstall')).code).toBe(0);
    expect(existsSync(unit())).toBe(false);
    expect(readFileSync(asked, 'utf8').trim().split('\n')).toEqual([
      '--user daemon-reload',
      '--user enable atom.service',
      '--user restart atom.service',
      '--user is-active atom.service',
      '--user disable --now atom.service',
      '--user daemon-reload',
    ]);
  });

  it('leaves nothing where the manager refuses, and says its words', async () => {
    answering('echo "Failed to connect to bus: No medium found" >&2; exit 1');
    const { code, stderr } = await service('install');
    expect({ code, there: existsSync(unit()) }).toEqual({ code: 7, there: false });
    expect(stderr).toContain('Failed to connect to bus');
    expect(stderr).toContain('loginctl enable-linger');
  });

  const pidOf = async (): Promise<number> =>
    JSON.parse((await world.run(['status', '--json'])).stdout).pid;

  /** A gateway that nobody's service manager started, once it is ready. */
  async function byHand(): Promise<void> {
    const child = world.start(['start', '--headless']);
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: Buffer) => {
        if (/ ready\b/.test(String(text))) resolve();
      });
    });
  }

  it('is restarted once what runs is finished: another process has the profile then', async () => {
    const start = `setsid '${process.execPath}' '${world.atom}' start --headless </dev/null >/dev/null 2>&1 &`;
    answering(`case $2 in restart) ${start} ;; is-active) echo active ;; esac`);
    expect((await service('install')).code).toBe(0);
    await expect.poll(() => world.run(['status']), { timeout: 20_000 }).toMatchObject({ code: 0 });
    const before = await pidOf();
    const { code, stdout } = await world.run(['restart', '--json'], { env });
    const after = await pidOf();
    await world.run(['stop']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ schema: 1, restarted: true, pid: after, before });
    expect(after).not.toBe(before);
    expect(readFileSync(asked, 'utf8').trim().split('\n').slice(-2)).toEqual([
      '--user is-active atom.service',
      '--user restart atom.service',
    ]);
  });

  it('restarts nothing where nothing runs and there is no service', async () => {
    const { code, stderr } = await world.run(['restart'], { env });
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining('atom start') });
    expect(existsSync(asked)).toBe(false);
  });

  it('ends no gateway that it could not start again', async () => {
    await byHand();
    const pid = await pidOf();
    const alone = await world.run(['restart'], { env });
    mkdirSync(dirname(unit()), { recursive: true });
    writeFileSync(unit(), '');
    answering('echo inactive; exit 3');
    const beside = await world.run(['restart'], { env });
    answering('echo "Failed to connect to bus: No medium found" >&2; exit 1');
    const deaf = await world.run(['restart'], { env });
    expect([alone, beside, deaf].map(({ code }) => code)).toEqual([7, 7, 7]);
    expect(alone.stderr).toContain('atom stop && atom start');
    expect(alone.stderr).toContain('atom service install');
    expect(beside.stderr).toContain('was started by hand');
    expect(deaf.stderr).toContain('systemd does not answer; nothing was ended');
    expect(await pidOf()).toBe(pid);
  });
});
