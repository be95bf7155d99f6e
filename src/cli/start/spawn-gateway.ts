import { spawn } from 'node:child_process';
import { AtomError, type ErrorCode, exitCodes } from '../../base/errors.ts';
import { gatewayEnvironment } from '../../config/env.ts';
import type { Cli } from '../cli.ts';
import { atomProgram } from '../version.ts';
import type { StartOptions } from './start-options.ts';

/** The gateway's own process, as the terminal that started it sees it. */
export interface GatewayProcess {
  readonly pid: number;
  /** Resolves once it is gone, with what it said if it went with an error. */
  readonly gone: Promise<AtomError | undefined>;
  /** Lets go of the lifeline: the gateway drains, if it does not already. */
  release(): void;
  kill(): void;
}

/** How much of what a dying gateway says is kept. */
const TAIL = 8_192;

/**
 * Starts the gateway in a session of its own, so that neither Ctrl-C nor Ctrl-Z of this terminal
 * reaches it. It holds one end of a pipe (descriptor 3) and drains when the other end, ours, is gone:
 * also when we are killed.
 */
export function spawnGateway(
  { env, paths }: Cli,
  { watchSkills }: Pick<StartOptions, 'watchSkills'>,
): GatewayProcess {
  const level = env.logLevel === undefined ? [] : ['--log-level', env.logLevel];
  const own = ['--profile', paths.profile, ...level, ...(watchSkills ? ['--watch-skills'] : [])];
  const words = ['start', '--headless', '--json', '--lifeline', '3', ...own];
  const child = spawn(process.execPath, [atomProgram(), ...words], {
    detached: true,
    env: gatewayEnvironment(env),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-TAIL);
  });
  const gone = new Promise<AtomError | undefined>((resolve) => {
    child.once('error', (cause) =>
      resolve(new AtomError('failed', 'The gateway cannot be started.', { cause })),
    );
    child.once('close', (code) => resolve(code === 0 ? undefined : lastWords(said)));
  });
  const lifeline = child.stdio[3] ?? undefined;
  lifeline?.on('error', () => lifeline.destroy());
  return {
    pid: child.pid ?? 0,
    gone,
    release: () => void lifeline?.destroy(),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The error that the gateway reported on its way out, or whatever it said. */
function lastWords(said: string): AtomError | undefined {
  for (const line of said.trim().split('\n').reverse()) {
    const error = readError(line);
    if (error !== undefined) return error;
  }
  if (said.trim() === '') return undefined;
  return new AtomError('failed', `The gateway ended: ${said.trim()}`);
}

function readError(line: string): AtomError | undefined {
  if (!line.startsWith('{"schema":1,"error":')) return undefined;
  const { error } = JSON.parse(line) as {
    readonly error: { readonly code: string; readonly message: string; readonly next: string[] };
  };
  const code = error.code in exitCodes ? (error.code as ErrorCode) : 'failed';
  return new AtomError(code, error.message, { next: error.next });
}
