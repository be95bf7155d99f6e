import { AtomError } from '../../base/errors.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { createAsker } from './asker.ts';

export interface Sure {
  readonly question: string;
  /** What Enter means; no, where it is not said. */
  readonly byDefault?: boolean;
  /** What a no leads to, in words. */
  readonly otherwise?: string;
}

/**
 * Asks a person for a yes; `--yes` answers for one who is not there. Throws AtomError `declined` where the
 * answer is no, and `usage` with the flag to pass where nobody can be asked: it never goes on unasked.
 */
export async function sure(
  cli: Cli,
  { question, byDefault = false, otherwise = 'Nothing was changed.' }: Sure,
): Promise<void> {
  if (cli.flags.yes) return;
  requirePerson(cli, 'This wants a yes', 'Look at it first; then say that you mean it:   --yes');
  const asker = createAsker();
  try {
    if (await asker.yes(question, byDefault)) return;
  } finally {
    asker.close();
  }
  throw new AtomError('declined', otherwise);
}
