import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, ended, type World } from './world.ts';

/** Takes no byte: every write fails with ENOSPC. */
const FULL = '/dev/full';

describe('what is printed and cannot be', () => {
  let world: World;
  beforeEach(async () => {
    world = await createReadyWorld();
  });
  afterEach(() => world.remove());

  const intoFull = (words: readonly string[], outputs: 'stdout' | 'both'): ChildProcess => {
    const full = openSync(FULL, constants.O_WRONLY);
    const child = spawn(process.execPath, [world.atom, ...words], {
      cwd: world.home,
      env: world.env,
      stdio: ['ignore', full, outputs === 'both' ? full : 'pipe'],
    });
    closeSync(full);
    return child;
  };
  const pid = async (): Promise<unknown> => {
    const { code, stdout } = await world.run(['status', '--json']);
    return code === 0 ? JSON.parse(stdout).pid : undefined;
  };
  const stops = async (gateway: ChildProcess): Promise<void> => {
    const gone = once(gateway, 'exit');
    await world.run(['stop']);
    expect(await gone).toEqual([0, null]);
  };

  describe.skipIf(!existsSync(FULL))('on a full disk', () => {
    it.each([['help'], ['config list'], ['--help'], ['--version']])(
      'is one sentence: atom %s',
      async (line) => {
        const { code, stderr } = await ended(intoFull(line.split(' '), 'stdout'));
        expect(code).toBe(1);
        expect(stderr).toContain('What this prints cannot be written (ENOSPC).');
        expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
      },
    );

    it('is no failure of a command that has nothing to print there', async () => {
      const { code, stderr } = await ended(intoFull(['config', 'validate'], 'stdout'));
      expect([code, stderr]).toEqual([0, expect.stringContaining('is valid')]);
    });

    it('does not end a gateway', async () => {
      const gateway = intoFull(['start', '--headless'], 'both');
      await expect.poll(pid, { timeout: 20_000 }).toBe(gateway.pid);
      await stops(gateway);
    });
  });

  it('does not end a gateway that nobody listens to any more', async () => {
    const gateway = world.start(['start', '--headless']);
    if (gateway.stderr === null) throw new Error('no stderr');
    await once(gateway.stderr, 'data');
    gateway.stderr.destroy();
    gateway.stdout?.destroy();
    await expect.poll(pid, { timeout: 20_000 }).toBe(gateway.pid);
    await world.run(['chat', 'hello']);
    await stops(gateway);
  });

  it('is not advice about a key that nobody can press', async () => {
    const gateway = world.start(['start', '--headless']);
    const over = ended(gateway);
    await expect.poll(pid, { timeout: 20_000 }).toBe(gateway.pid);
    gateway.kill('SIGTERM');
    const { code, stderr } = await over;
    expect([code, stderr]).toEqual([143, expect.stringContaining('Stopping after the current')]);
    expect(stderr).not.toContain('Ctrl-C');
  });
}, 60_000);
