import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogLine } from '../../../src/base/log.ts';
import type { Profile } from './profile.ts';
import { until } from './until.ts';

/** bin/atom.js; `builtAtom` makes sure that it is up to date. */
export const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'atom.js');

/** How a process ended: its exit code, or the signal that killed it. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real gateway in a process of its own. */
export interface GatewayProcess {
  readonly pid: number;
  /** What it logged so far. */
  readonly lines: readonly LogLine[];
  /** Everything it wrote on stderr so far, byte for byte. */
  stderr(): string;
  /** Waits for a log line that holds this text. */
  logged(text: string, ms?: number): Promise<LogLine>;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  /** Kills it where it still runs, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** Words before `node`, such as those of a bubblewrap around it. */
  readonly around?: readonly string[];
  /** JSON lines unless told: people's lines instead. */
  readonly people?: boolean;
  /** A pipe on descriptor 3 whose end stops the gateway. */
  readonly lifeline?: boolean;
  /** bin/atom.js of another build. */
  readonly program?: string;
}

/** Starts the built gateway on a profile. Does not wait: see `startGateway`. */
export function spawnGateway(
  profile: Profile,
  options: StartOptions = {},
): GatewayProcess & { readonly child: ChildProcess } {
  const words = [
    ...(options.around ?? []),
    ...[process.execPath, options.program ?? program, 'start', '--headless'],
    ...(options.people ? [] : ['--json-logs']),
    ...(options.lifeline ? ['--lifeline', '3'] : []),
  ];
  const [file = '', ...args] = words;
  const stdio = ['ignore', 'ignore', 'pipe', ...(options.lifeline ? ['pipe' as const] : [])];
  const child = spawn(file, args, { env: profile.env, stdio: stdio as 'pipe'[] });
  const lines: LogLine[] = [];
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('{"at"')) lines.push(JSON.parse(line) as LogLine);
    });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  const gone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    lines,
    ended,
    pid: child.pid ?? 0,
    stderr: () => text,
    logged: (wanted, ms) =>
      until(
        `the log line “${wanted}”`,
        () => lines.find((line) => line.text.includes(wanted)) ?? failIf(gone, wanted, () => text),
        ms,
      ),
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      if (!gone()) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Starts a gateway and waits until it takes messages. */
export async function startGateway(
  profile: Profile,
  options: StartOptions = {},
): Promise<GatewayProcess & { readonly child: ChildProcess }> {
  const gateway = spawnGateway(profile, options);
  try {
    if (options.people)
      await until('ready', () => gateway.stderr().includes('ready  model='), 20_000);
    else await gateway.logged('ready', 20_000);
    return gateway;
  } catch (late) {
    await gateway.kill();
    throw late;
  }
}

function failIf(gone: () => boolean, wanted: string, text: () => string): undefined {
  if (gone()) throw new Error(`the gateway ended before it said “${wanted}”:\n${text()}`);
}
