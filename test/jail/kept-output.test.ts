import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { redactOutput } from '../../src/base/redact.ts';
import { runCode } from '../../src/domain/run.ts';
import { Stopped } from '../../src/domain/stopped.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { createOutputFolder, outputFile } from '../../src/jail/output-folder.ts';
import { runShown } from '../../src/jail/run-shown.ts';
import { makeScene, type Scene } from './scene.ts';

const run = promisify(execFile);

let scene: Scene;
let folder: string;
beforeAll(async () => {
  scene = await makeScene();
  folder = join(scene.root, 'output');
  mkdirSync(folder, { mode: 0o700 });
});
afterAll(() => scene.remove());

type Result = { readonly [key: string]: Json };

interface More {
  readonly signal?: AbortSignal;
  readonly limits?: { readonly outputBytes: number };
  readonly onUpdate?: (part: { readonly text: string; readonly line?: string }) => void;
}

/** Runs a script as an agent's command, its output kept. */
async function shell(id: string, script: string, more: More = {}): Promise<Result> {
  const { jail, deps } = scene;
  const launch = createLauncher({ ...deps, output: createOutputFolder(folder) });
  const argv = ['/bin/sh', '-c', script];
  const { limits = {}, signal = AbortSignal.timeout(20_000), onUpdate = () => undefined } = more;
  const make = async () => ({ jail, argv, cwd: jail.folder, limits });
  const redact = async () => redactOutput(['correct-horse-battery']);
  const wish = { late: { jail, keep: id, make }, jail, missing: () => [] };
  return (await runShown({ launch, redact }, wish, { signal, onUpdate })) as Result;
}

const keptOf = (id: string): string => readFileSync(outputFile(folder, id), 'utf8');

describe('all that a command prints', () => {
  it('is kept byte for byte, both streams as they came, and for its owner alone', async () => {
    const script = 'echo one; sleep 0.1; echo two >&2; sleep 0.1; printf "\\033[1mthree\\n"';
    const result = await shell('e1:c1', script);
    expect(keptOf('e1:c1')).toBe('one\ntwo\n\u001b[1mthree\n');
    expect(statSync(outputFile(folder, 'e1:c1')).mode & 0o777).toBe(0o600);
    expect(result).toMatchObject({
      stdout: 'one\nthree\n',
      stderr: 'two\n',
      kept: runCode('e1:c1'),
    });
  });

  it('is kept as it is, and shown to nobody else with a secret in it', async () => {
    const told: string[] = [];
    const script = 'printf "correct-horse"; sleep 0.3; printf -- "-battery and more\\n"';
    const onUpdate: More['onUpdate'] = ({ text, line = '' }) => void told.push(text, line);
    const result = await shell('e2:c1', script, { onUpdate });
    expect(result.stdout).toBe('[secret] and more\n');
    expect(told.join('')).toBe('[secret] and more\n');
    expect(keptOf('e2:c1')).toBe('correct-horse-battery and more\n');
  });

  it('is not shown where it is no text', async () => {
    const result = await shell('e3:c1', 'head -c 48000 /dev/zero');
    expect(result).toMatchObject({ stdout: '', binary: ['stdout'], bytes: { stdout: 48_000 } });
    expect(statSync(outputFile(folder, 'e3:c1')).size).toBe(48_000);
  });

  it('is kept beyond what an answer keeps, up to the limit that ends the command', async () => {
    const limits = { outputBytes: 3_000_000 };
    const result = await shell('e4:c1', 'yes "some words"', { limits });
    expect(result).toMatchObject({ ending: 'output', truncated: true });
    expect(result).toMatchObject({ held: { jail: 'work', by: 'maturity', most: 3_000_000 } });
    expect(statSync(outputFile(folder, 'e4:c1')).size).toBe(3_000_000);
    expect(String(result.stdout).length).toBeLessThan(1_000_000);
  });

  it('leaves no file where it is nothing', async () => {
    expect(await shell('e5:c1', 'true')).not.toHaveProperty('kept');
    expect(readdirSync(folder)).not.toContain('e5:c1.log');
  });

  it('is kept under a name that no model can choose', async () => {
    const id = 'e6:../../../etc/passwd';
    await shell(id, 'echo here');
    expect(readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.log$/.test(name))).toHaveLength(1);
    expect(keptOf(id)).toBe('here\n');
  });

  it('is kept of what somebody stopped, too, and who it was', async () => {
    const stop = new AbortController();
    const onUpdate = (): void => stop.abort(new Stopped('telegram 42'));
    const result = await shell('e7:c1', 'echo begun; sleep 60', { signal: stop.signal, onUpdate });
    expect(result).toMatchObject({ ending: 'stopped', by: 'telegram 42', stdout: 'begun\n' });
    expect(keptOf('e7:c1')).toBe('begun\n');
  });

  it('is missed in words where it cannot be kept, and the command goes on', async () => {
    const { jail, deps } = scene;
    const output = createOutputFolder(join(scene.root, 'not-there'));
    const launch = createLauncher({ ...deps, output });
    const argv = ['/bin/sh', '-c', 'seq 100000; touch it-went-on'];
    const make = async () => ({ jail, argv, cwd: jail.folder });
    const wish = { late: { jail, keep: 'e8:c1', make }, jail, missing: () => [] };
    const watching = { signal: AbortSignal.timeout(20_000), onUpdate: () => undefined };
    const result = await runShown({ launch }, wish, watching);
    expect(result).toMatchObject({ exit: 0, lost: 'ENOENT', bytes: { stdout: 588_895 } });
    expect(readdirSync(jail.folder)).toContain('it-went-on');
  });

  it('takes no more memory the more it is: 200 MB pass through a few', async () => {
    const own = mkdtempSync('/var/tmp/atom-flood-');
    onTestFinished(() => rmSync(own, { recursive: true, force: true }));
    const words = ['--expose-gc', join(import.meta.dirname, 'flood.ts'), scene.root];
    const { stdout } = await run(process.execPath, [...words, scene.jail.folder, own]);
    const { grew, shown, ...result } = JSON.parse(stdout);
    expect(result).toMatchObject({ exit: 0, truncated: true, bytes: { stdout: 200_000_000 } });
    expect(statSync(outputFile(own, 'flood')).size).toBe(200_000_000);
    expect(shown).toBeLessThan(1_000_000);
    expect(grew).toBeLessThan(24_000_000);
  }, 300_000);

  it.runIf(process.platform === 'linux')(
    'is missed in words where the disk is full, and the command goes on',
    async () => {
      const disk = mkdtempSync(join(scene.root, 'disk-'));
      const words = ['--dev-bind', '/', '/', '--size', '65536', '--tmpfs', disk, '--'];
      const script = join(import.meta.dirname, 'write-to-small-disk.ts');
      const child = [process.execPath, script, join(disk, 'kept.log')];
      const { stdout } = await run('bwrap', [...words, ...child]);
      const { bytes, lost } = JSON.parse(stdout);
      expect(lost).toBe('the disk is full');
      expect(bytes).toBeLessThanOrEqual(65_536);
    },
  );
});

describe('what is kept', () => {
  const files = (): { readonly own: string; put(name: string, days: number): void } => {
    const own = mkdtempSync(join(scene.root, 'prune-'));
    const put = (name: string, days: number): void => {
      writeFileSync(join(own, name), 'x'.repeat(100));
      const at = 1_700_000_000 - days * 86_400;
      utimesSync(join(own, name), at, at);
    };
    return { own, put };
  };
  const NOW = 1_700_000_000_000;

  it('is forgotten after 30 days', () => {
    const { own, put } = files();
    put('old.log', 31);
    put('new.log', 29);
    createOutputFolder(own).prune(NOW);
    expect(readdirSync(own)).toEqual(['new.log']);
  });

  it('is forgotten from the oldest on where it is too much, and nothing else is touched', () => {
    const { own, put } = files();
    for (const days of [1, 2, 3, 4]) put(`${days}.log`, days);
    put('other.txt', 99);
    createOutputFolder(own, { bytes: 250, days: 30 }).prune(NOW);
    expect(readdirSync(own).sort()).toEqual(['1.log', '2.log', 'other.txt']);
  });

  it('is kept within its size while commands run, not only at the next start', async () => {
    const { own, put } = files();
    for (const days of [1, 2]) put(`${days}.log`, days);
    const output = createOutputFolder(own, { bytes: 250, days: 30 });
    output.prune(NOW);
    const file = output.open('e:c');
    file.write(Buffer.alloc(120));
    await file.end();
    expect(readdirSync(own).sort()).toEqual(['1.log', 'e:c.log']);
  });
});
