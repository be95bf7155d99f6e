import { readFile, stat } from 'node:fs/promises';
import { AtomError } from '../../base/errors.ts';
import { MOST_TOKEN } from '../../protocol/connect.ts';

/** An ID token from a file: on a command line everybody on the machine could read it. Throws AtomError `usage`. */
export async function readIdToken(file: string): Promise<{ readonly idToken: string }> {
  const idToken = await tokenIn(file);
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(idToken) && idToken.length <= MOST_TOKEN) return { idToken };
  throw new AtomError('usage', `${file} holds no ID token (three parts with dots between them).`);
}

async function tokenIn(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    return size > 2 * MOST_TOKEN ? '' : (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new AtomError('usage', `${file} could not be read.`, { cause });
  }
}
