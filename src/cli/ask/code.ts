import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { createAsker } from './asker.ts';
import { readStdin } from './stdin.ts';

/**
 * A code of the second factor: from stdin where the caller says so, else typed by a person. Throws
 * AtomError `credentials` where there is none to be had.
 */
export async function askCode(cli: Cli, fromStdin: boolean): Promise<string> {
  if (!fromStdin && !cli.mayAsk) throw missing('and nobody can be asked here (no terminal)');
  const code = fromStdin ? (await readStdin()).trim() : await typed();
  if (code === '') throw missing('and none was given');
  return code;
}

async function typed(): Promise<string> {
  const asker = createAsker();
  try {
    return await asker.line('Six digits of your authenticator, or a recovery code: ');
  } finally {
    asker.close();
  }
}

const missing = (why: string): AtomError =>
  new AtomError('credentials', `A code of the second factor is needed, ${why}.`, {
    next: ['Pipe it in, it must not stand on a command line:   --totp-stdin'],
  });
