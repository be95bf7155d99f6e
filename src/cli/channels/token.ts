import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';

/** The token of a bot: typed unseen, or piped in. Empty where none was given. */
export async function readToken(
  cli: Cli,
  { channel, question }: { readonly channel: string; readonly question: string },
): Promise<string> {
  if (!process.stdin.isTTY) return (await readStdin()).trim();
  requirePerson(
    cli,
    'The token of a bot is needed',
    `Pipe it in:   atom channels add ${channel} < file`,
  );
  const asker = createAsker();
  try {
    return await asker.hidden(question);
  } finally {
    asker.close();
  }
}
