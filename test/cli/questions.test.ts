import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, createWorld, type World } from './world.ts';

/** util-linux's `script` gives a process a terminal of its own. */
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

describe.skipIf(!hasTerminal)('the questions of atom init', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.remove());

  /** Types each answer once its question is on the screen, and resolves to screen and exit code. */
  function converse(answers: readonly (readonly [question: string, keys: string])[], flags = '') {
    const command = `"${process.execPath}" "${world.atom}" init ${flags}`;
    const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
      cwd: world.home,
      env: { ...world.env, TERM: 'xterm' },
    });
    const waiting = [...answers];
    let screen = '';
    let seen = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      for (let at = waiting[0]; at !== undefined; at = waiting[0]) {
        const found = screen.indexOf(at[0], seen);
        if (found < 0) return;
        seen = found + at[0].length;
        child.stdin.write(at[1]);
        waiting.shift();
      }
    });
    return new Promise<{ screen: string; code: number | null }>((resolve) =>
      child.once('close', (code) => resolve({ screen, code })),
    );
  }

  it('are answered by pressing Enter three times', async () => {
    const { code, screen } = await converse([
      ['[1] ', '\r'],
      ['[1] ', '\r'],
      ['[1] ', '\r'],
      ['Start now?', 'n\r'],
    ]);
    expect(screen).toContain('1/3');
    expect(screen).toContain('3/3');
    expect(code).toBe(0);
    const config = JSON.parse(readFileSync(world.config, 'utf8'));
    expect(config).toMatchObject({ model: 'offline', channels: {} });
    expect(config.jails[0].folder).toBe(join(world.home, 'atom-work'));
  });

  it('name the profile that a folder is used by already', async () => {
    const enters = [
      ['[1] ', '\r'],
      ['[1] ', '\r'],
      ['[1] ', '\r'],
      ['Start now?', 'n\r'],
    ] as const;
    await converse(enters);
    const { screen } = await converse(
      [['[1] ', '2\r'], ['Folder: ', '~/atom-work\r'], ...enters.slice(1)],
      '-p work-two',
    );
    expect(screen).toContain('~/atom-work-two (new)');
    expect(screen).toContain('It is also used by profile default.');
    const { screen: same } = await converse(enters, '-p work');
    expect(same).toContain('~/atom-work (also used by profile default, work-two)');
  });

  it('refuse a folder that may be no jail and ask again; keys are not shown', async () => {
    const { code, screen } = await converse([
      ['[1] ', '2\r'],
      ['Folder: ', '/etc\r'],
      ['[1] ', '2\r'],
      ['Folder: ', '~/site\r'],
      ['2/3', ''],
      ['[1] ', '2\r'],
      ['[1] ', '\r'],
      ['Name of the model: ', 'm1\r'],
      ['store it later): ', 'HIDDEN\r'],
      ['3/3', ''],
      ['[1] ', '2\r'],
      ['later): ', '123:HIDDEN\r'],
      ['id (Enter: later): ', '77\r'],
      ['Start now?', 'n\r'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('/etc cannot be a jail');
    expect(screen).not.toContain('HIDDEN');
    expect(JSON.parse(readFileSync(world.config, 'utf8'))).toMatchObject({
      model: 'anthropic/m1',
      jails: [{ folder: join(world.home, 'site') }],
      channels: { telegram: { allow: ['77'] } },
    });
  });

  it('are asked again with what is set as the answers; the name of the profile puts it away', async () => {
    world.remove();
    world = await createReadyWorld();
    const edited = await converse(
      [
        ['(as it is)', '\r'],
        ['(as it is)', '\r'],
        ['3/3', ''],
        ['[1] ', '2\r'],
        ['later): ', '\r'],
        ['id (Enter: later): ', '77\r'],
      ],
      '--edit',
    );
    expect(edited.code).toBe(0);
    expect(JSON.parse(readFileSync(world.config, 'utf8'))).toMatchObject({
      model: 'offline',
      jails: [{ folder: join(world.home, 'atom-work') }],
      channels: { telegram: { allow: ['77'] } },
    });
    const refused = await converse([['to go on: ', 'other\r']], '--reset');
    expect([refused.code, existsSync(world.config)]).toEqual([3, true]);
    const reset = await converse([['to go on: ', 'default\r']], '--reset');
    expect([reset.code, existsSync(world.config)]).toEqual([0, false]);
    expect(reset.screen).toContain('Bring it back:');
  });

  it('leave nothing behind when Ctrl-C ends them', async () => {
    const { code, screen } = await converse([
      ['[1] ', '\r'],
      ['2/3', ''],
      ['[1] ', '\u0003'],
    ]);
    expect(code).toBe(3);
    expect(screen).toContain('Nothing was changed');
    expect(existsSync(world.config)).toBe(false);
    expect(existsSync(join(world.home, 'atom-work'))).toBe(false);
  });
});
