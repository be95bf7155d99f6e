import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Ended, ended, type World } from './world.ts';

describe('the command line', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.remove());

  it('says its version', async () => {
    for (const flag of ['--version', '-V']) {
      expect((await world.run([flag])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
  });

  it('says where it keeps things', async () => {
    const { stdout } = await world.run(['version', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, config: world.config });
  });

  it.each([
    [['stattus'], 'Did you mean:   status'],
    [['status', '--jsn'], 'Did you mean:   --json'],
    [['approvals', 'lst'], 'Did you mean:   atom approvals list'],
    [['jails'], 'atom jails list'],
    [['help', 'jals'], 'Did you mean:   atom help jails'],
    [['status', '--timeout', 'soon'], 'Write it like 30s'],
    [['status', '--profile', '../x'], 'cannot be the name of a profile'],
  ])('answers %j with exit 2 and what was meant', async (words, hint) => {
    const { code, stdout, stderr } = await world.run(words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(hint);
  });

  it.each([['status'], ['stop'], ['chat hello'], ['approvals list'], ['approvals approve k7p2']])(
    'exits 5 on "%s" while no gateway runs, and says how to start it',
    async (words) => {
      const { code, stdout, stderr } = await world.run(words.split(' '));
      expect(code).toBe(5);
      expect(stdout).toBe('');
      expect(stderr).toContain('atom start');
    },
  );

  it('gives errors as one object under --json', async () => {
    const { code, stderr } = await world.run(['status', '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'not-running', exit: 5 });
  });

  it('speaks ASCII without colours under --plain', async () => {
    const { stderr } = await world.run(['status', '--plain', '--color', 'always']);
    expect(stderr).toMatch(/^error: The gateway/);
  });

  it('exits 78 on start without a profile and without a terminal', async () => {
    const { code, stderr } = await world.run(['start']);
    expect(code).toBe(78);
    expect(stderr).toContain('atom init --yes');
  });

  it('opens no terminal UI where there is no terminal', async () => {
    const { code, stderr } = await world.run(['attach']);
    expect(code).toBe(2);
    expect(stderr).toContain('atom chat');
  });

  it('says every next step for the profile it was asked about', async () => {
    for (const flag of [['-p', 'other'], ['--profile=other']]) {
      const { stderr } = await world.run(['status', ...flag]);
      expect(stderr).toContain('Start it:   atom -p other start');
    }
    const { stdout } = await world.run(['doctor', '-p', 'other', '--json']);
    const next: string[] = JSON.parse(stdout).findings.flatMap(
      (one: { next: string[] }) => one.next,
    );
    expect(next).toContain('Set it up:   atom -p other init');
    expect(next.filter((line) => / atom [a-z]/.test(line))).toEqual([]);
    expect((await world.run(['status'])).stderr).toContain('Start it:   atom start');
  });

  it('repeats no more of a word than anybody reads', async () => {
    for (const words of [['x'.repeat(20_000)], ['jails', 'x'.repeat(20_000)]]) {
      const { code, stderr } = await world.run(words);
      expect(code).toBe(2);
      expect(stderr).toContain(`${'x'.repeat(59)}…'`);
      expect(stderr.length).toBeLessThan(400);
    }
  });

  it('says once that there is no record to export', async () => {
    const { code, stderr } = await world.run(['audit', 'export', '--out', '/nope/x']);
    expect(code).toBe(1);
    expect(stderr.split('has no record yet')).toHaveLength(2);
    expect(stderr).not.toContain('not signed yet');
  });

  it.skipIf(process.platform !== 'linux')(
    'exits 78 where no folder can be made, with a sentence',
    async () => {
      const home = {
        HOME: '/proc/nope',
        XDG_CONFIG_HOME: '',
        XDG_DATA_HOME: '',
        XDG_STATE_HOME: '',
      };
      const { code, stderr } = await world.run(['init', '--yes'], { env: home });
      expect([code, stderr]).toEqual([
        78,
        expect.stringContaining('Cannot make the folder /proc/'),
      ]);
      expect(stderr).toContain('ls -ld /proc');
    },
  );

  it('does not repeat an argument that is too much: it may be the key itself', async () => {
    const { code, stderr } = await world.run(['secrets', 'set', 'openai.key', 'sk-SECRET']);
    expect(code).toBe(2);
    expect(stderr).toContain('stdin');
    expect(stderr).not.toContain('SECRET');
  });

  it('gives its help as one object under --json', async () => {
    const { stdout } = await world.run(['help', 'jails', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, topic: 'jails' });
    expect(JSON.parse(stdout).text).toMatch(/^Usage: atom jails[\s\S]*JAILS/);
    expect(JSON.parse((await world.run(['help', '--json'])).stdout).text).toContain('approvals');
  });

  it('has help on every topic and every command', async () => {
    for (const topic of [
      'approvals',
      'jails',
      'undo',
      'protocol',
      'exit-codes',
      'environment',
      'json',
    ]) {
      const { code, stdout } = await world.run(['help', topic]);
      expect(code).toBe(0);
      expect(stdout).toContain(topic.toUpperCase().replace('-', ' '));
    }
    expect((await world.run(['--help'])).stdout).toContain('approvals');
  });

  it('has its help and its status at hand, word for word what the whole program says', async () => {
    const { stdout } = await world.run(['help', '--json']);
    const whole = JSON.parse(stdout).text;
    for (const words of [['--help'], ['-h'], []]) {
      expect((await world.run(words)).stdout.trimEnd()).toBe(whole);
    }
    const kept = (words: string): string =>
      readFileSync(join(world.atom, '..', '..', 'dist', 'help', `${words}.txt`), 'utf8');
    expect(kept('atom').trimEnd()).toBe(whole);
    const [fast, slow] = [['--help'], ['--no-color', '--help']].map((more) =>
      world.run(['jails', 'set', ...more]),
    );
    expect(await fast).toEqual(await slow);
    expect((await fast)?.stdout).toBe(kept('atom jails set'));
    for (const words of [['status'], ['status', '--json']]) {
      const [alone, of] = [await world.run(words), await world.run([...words, '--no-input'])];
      expect(alone).toEqual(of);
    }
  });

  it('leaves quietly when nobody reads what it says', async () => {
    const command = `"${process.execPath}" "${world.atom}" --help | head -1`;
    const { code, stderr } = await ended(
      spawn('/bin/bash', ['-o', 'pipefail', '-c', command], { env: world.env }),
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('names a variable of the environment that makes no sense', async () => {
    const { code, stderr } = await world.run(['status'], { env: { ATOM_LOG: 'loud' } });
    expect(code).toBe(78);
    expect(stderr).toContain('ATOM_LOG');
  });

  const old = oldNode();
  it.skipIf(old === undefined)('runs on the Node it brings, started by one too old', async () => {
    const { code, stdout } = await world.run(['version', '--json'], { node: old ?? '' });
    expect(code).toBe(0);
    expect(Number.parseInt(JSON.parse(stdout).node, 10)).toBeGreaterThanOrEqual(22);
  });

  /** bin/atom.js by itself, far from the packages it was installed with. */
  async function alone(node: string): Promise<Ended> {
    const folder = mkdtempSync(join(tmpdir(), 'atom-alone-'));
    mkdirSync(join(folder, 'bin'));
    cpSync(world.atom, join(folder, 'bin', 'atom.js'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const script = join(folder, 'bin', 'atom.js');
    const result = await ended(spawn(node, [script], { cwd: folder, env: world.env }));
    rmSync(folder, { recursive: true });
    return result;
  }

  it.skipIf(old === undefined)('says which Node it needs where it finds none', async () => {
    const { code, stderr } = await alone(old ?? '');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^atom needs Node 22\.18 or newer and this is v.*npm install.*\n$/);
  });

  it('says how it is built where it is not', async () => {
    const { code, stderr } = await alone(process.execPath);
    expect(code).toBe(1);
    expect(stderr).toContain('npm run build');
  });
});

/** A Node of this machine that cannot run atom itself, where there is one. */
function oldNode(): string | undefined {
  return ['/usr/bin/node', '/usr/local/bin/node'].find((node) => {
    try {
      return (
        Number.parseInt(execFileSync(node, ['-p', 'process.versions.node']).toString(), 10) < 22
      );
    } catch {
      return false; // not there
    }
  });
}
