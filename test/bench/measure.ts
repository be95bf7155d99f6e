import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The middle and the 95th of some numbers. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

export function spread(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The middle of some numbers. */
export const middle = (numbers: readonly number[]): number => spread(numbers).p50;

/** Milliseconds of the processor: where nothing waits for a disk, the better measure on a busy machine. */
export async function worked(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** How long commands take from start to end, in ms, run in turn so that they share the machine's moods. */
export function timeCommands(
  rounds: number,
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
): readonly Spread[] {
  const times = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [program = '', ...args]] of commands.entries()) {
      const start = performance.now();
      spawnSync(program, args, { env, stdio: 'ignore' });
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map(spread);
}

export interface Gateway {
  readonly pid: number;
  readonly readyMs: number;
  /** Resolves once it has loaded its skills, and so takes turns. */
  settled(): Promise<void>;
  /** Resolves to the milliseconds until its jail was tried; where there is none, never. */
  tried(): Promise<number>;
  /** As a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a headless gateway and waits until its log says that it is ready. */
export async function startGateway(atom: string, env: NodeJS.ProcessEnv): Promise<Gateway> {
  const start = performance.now();
  const child = spawn(process.execPath, [atom, 'start', '--headless', '--json-logs'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const ready = Promise.withResolvers<number>();
  const settled = Promise.withResolvers<void>();
  const tried = Promise.withResolvers<number>();
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    if (line.includes('"text":"ready"')) ready.resolve(performance.now() - start);
    if (line.includes('"text":"jail holds')) tried.resolve(performance.now() - start);
    if (line.includes('"part":"skills"')) settled.resolve();
  });
  child.once('exit', (code) => ready.reject(new Error(`the gateway ended (${code}): ${last}`)));
  const endBy = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    readyMs: await ready.promise,
    settled: () => settled.promise,
    tried: () => tried.promise,
    stop: () => endBy('SIGTERM'),
    kill: () => endBy('SIGKILL'),
  };
}

/** Resident memory of a process in MB (Linux; elsewhere NaN). */
export function memoryOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}
