import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { generateSync } from 'otplib/functional';
import { program } from './gateway-process.ts';
import type { Profile } from './profile.ts';
import { until } from './until.ts';

/** The owner's phone, and the paper with the recovery codes. */
export interface Authenticator {
  readonly secret: string;
  /** What the phone shows now. */
  code(): string;
  /** A recovery code that was not used yet. */
  recovery(): string;
}

/** Enrols a second factor as a script does. The code that the phone shows then is still good. */
export async function enrol({ env }: Pick<Profile, 'env'>): Promise<Authenticator> {
  const words = ['2fa', 'enroll', '--json', '--show-secret', '--totp-stdin'];
  const child = spawn(process.execPath, [program, ...words], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line) as Record<string, unknown>);
    if (said.length > 1) continue;
    const secret = String(said[0]?.secret);
    await until('the time of a new code is not near', () => (Date.now() / 1000) % 30 < 28);
    child.stdin.end(`${codeOf(secret, -2)}\n${codeOf(secret, -1)}\n`);
  }
  const [fresh, confirmed] = said;
  const recoveryCodes = [...((confirmed?.recoveryCodes ?? []) as readonly string[])];
  const secret = String(fresh?.secret);
  return {
    secret,
    code: () => codeOf(secret, 0),
    recovery: () => recoveryCodes.pop() ?? 'none is left',
  };
}

const codeOf = (secret: string, steps: number): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
