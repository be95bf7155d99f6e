import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, createWorld, ended, type World } from './world.ts';

/** util-linux's `script` gives a process a terminal of its own. */
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

describe('atom start', () => {
  let world: World;
  afterEach(() => world.remove());

  const status = async (): Promise<{ pid?: number }> => {
    const { stdout } = await world.run(['status', '--json']);
    return stdout === '' ? {} : JSON.parse(stdout);
  };

  it('sets a profile up with defaults and runs, where npm start has no terminal', async () => {
    world = await createWorld();
    const child = world.start(['start', '--setup']);
    const over = ended(child);
    await expect.poll(async () => (await status()).pid, { timeout: 20_000 }).toBe(child.pid);
    expect(JSON.parse(readFileSync(world.config, 'utf8'))).toMatchObject({ model: 'offline' });
    // Of signals, nothing that was loaded to write the settings hears: one Ctrl-C is one.
    child.kill('SIGINT');
    const { code, stderr } = await over;
    expect(code).toBe(130);
    expect(stderr).toContain('setting one up with the defaults');
    expect(stderr).toContain('Stopping after the current step');
    expect(stderr).not.toContain('Stopping now');
  });

  describe.skipIf(!hasTerminal)('at a terminal', () => {
    beforeEach(async () => {
      world = await createReadyWorld();
    });
    const onTerminal = () => {
      const command = `"${process.execPath}" "${world.atom}" start`;
      const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
        cwd: world.home,
        env: { ...world.env, TERM: 'xterm', CI: 'true' },
      });
      return { child, over: ended(child) };
    };
    const up = async (): Promise<number> => {
      await expect
        .poll(async () => (await status()).pid, { timeout: 20_000 })
        .toEqual(expect.any(Number));
      return (await status()).pid ?? 0;
    };
    const gone = (pid: number) =>
      expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 15_000 }).toBe(false);

    it('runs the gateway as a process of its own, and both end with Ctrl-C', async () => {
      const { child, over } = onTerminal();
      const drawn = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      const gateway = await up();
      await drawn;
      // The screen may still be about to listen: keys are pressed until it does.
      const press = setInterval(() => child.stdin.write('\u0003'), 500);
      const { code } = await over;
      clearInterval(press);
      expect([0, 130]).toContain(code);
      await gone(gateway);
    });

    it('lets the gateway come to its end where the terminal’s own process is killed', async () => {
      const { child, over } = onTerminal();
      const gateway = await up();
      const ui = parentOf(gateway);
      process.kill(ui, 'SIGKILL');
      await gone(gateway);
      child.kill();
      await over;
    });

    it('says why where the gateway cannot start', async () => {
      await world.run(['config', 'set', 'log.level', 'debug']);
      const { writeFileSync, mkdirSync } = await import('node:fs');
      mkdirSync(`${world.env.XDG_DATA_HOME}/atom`, { recursive: true });
      writeFileSync(`${world.env.XDG_DATA_HOME}/atom/default`, 'in the way');
      const { over } = onTerminal();
      const { code, stdout } = await over;
      expect(code).toBe(78);
      expect(stdout).toContain('Cannot make the folder');
    });
  });
});

/** The parent of a process, from /proc (field 4 of stat, after the name in brackets). */
const parentOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
