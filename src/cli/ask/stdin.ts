import { AtomError } from '../../base/errors.ts';

/** As much as anybody pipes into a message or a key. */
const MOST = 1024 * 1024;

/** All of stdin as text. Throws AtomError `usage` over 1 MB. */
export async function readStdin(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > MOST) throw new AtomError('usage', 'Standard input is longer than 1 MB');
  }
  return text;
}
