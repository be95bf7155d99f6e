import { spawn } from 'node:child_process';
import { program } from './gateway-process.ts';
import type { Profile } from './profile.ts';

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one `atom` command line to its end. */
export function atom(
  { env }: Pick<Profile, 'env'>,
  words: readonly string[],
  stdin?: string,
): Promise<Said> {
  const child = spawn(process.execPath, [program, ...words], {
    env,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  // A command may answer before it has read everything.
  child.stdin?.on('error', () => undefined).end(stdin);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
