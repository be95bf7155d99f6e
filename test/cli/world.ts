import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtAtom } from './built.ts';
import { leaveKnownSkills } from './known-skills.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs it; this one unless told. */
  readonly node?: string;
}

/** A home of its own for each test: nothing of the machine's own profile is read or written. */
export interface World {
  readonly home: string;
  readonly config: string;
  readonly atom: string;
  readonly env: Readonly<Record<string, string>>;
  run(words: readonly string[], options?: RunOptions): Promise<Ended>;
  start(words: readonly string[], options?: RunOptions): ChildProcess;
  remove(): void;
}

export async function createWorld(): Promise<World> {
  const atom = await builtAtom();
  const root = mkdtempSync(join(tmpdir(), 'atom-cli-'));
  const home = join(root, 'home');
  mkdirSync(home);
  const env = {
    HOME: home,
    PATH: process.env.PATH ?? '',
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_DATA_HOME: join(root, 'data'),
    XDG_STATE_HOME: join(root, 'state'),
  };
  leaveKnownSkills(join(env.XDG_STATE_HOME, 'atom', 'default'));
  const running = new Set<ChildProcess>();
  const start: World['start'] = (words, options = {}) => {
    const child = spawn(options.node ?? process.execPath, [atom, ...words], {
      cwd: home,
      env: { ...env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.stdin ?? '');
    return child;
  };
  return {
    home,
    atom,
    env,
    start,
    config: join(root, 'config', 'atom', 'default', 'config.json'),
    run: (words, options) => ended(start(words, options)),
    remove: () => {
      for (const child of running) child.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

let settings: Promise<string> | undefined;

/** A world with a profile, as `atom init --yes` leaves it: a process runs that once and then copies it. */
export async function createReadyWorld(): Promise<World> {
  settings ??= settingsOfInit();
  const [world, text] = await Promise.all([createWorld(), settings]);
  mkdirSync(join(world.home, 'atom-work'));
  mkdirSync(dirname(world.config), { recursive: true, mode: 0o700 });
  writeFileSync(world.config, text.replaceAll('<home>', world.home), { mode: 0o600 });
  return world;
}

async function settingsOfInit(): Promise<string> {
  const world = await createWorld();
  try {
    const { code, stderr } = await world.run(['init', '--yes']);
    if (code !== 0) throw new Error(`atom init ended with ${code}: ${stderr}`);
    return readFileSync(world.config, 'utf8').replaceAll(world.home, '<home>');
  } finally {
    world.remove();
  }
}

/** Everything a process said, and its exit code. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}
