import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';

export interface TokenWish {
  /** What it is, at the beginning of a sentence. */
  readonly what?: string;
  readonly question: string;
  /** The command that it is given to. */
  readonly command: string;
}

/** The token of a bot, or another secret: typed unseen, or piped in. Empty where none was given. */
export async function readToken(
  cli: Cli,
  { what = 'The token of a bot', question, command }: TokenWish,
): Promise<string> {
  if (!process.stdin.isTTY) return (await readStdin()).trim();
  requirePerson(cli, `${what} is needed`, `Pipe it in:   ${command} < file`);
  const asker = createAsker();
  try {
    return await asker.hidden(question);
  } finally {
    asker.close();
  }
}
