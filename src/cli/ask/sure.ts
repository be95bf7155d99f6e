import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { createAsker } from './asker.ts';

/**
 * Asks before something that is not easily taken back; `--yes` answers for a person who is not there.
 * Throws AtomError `declined` where the answer is no, or nobody can be asked.
 */
export async function sure({ mayAsk, flags }: Cli, question: string): Promise<void> {
  if (flags.yes) return;
  if (!mayAsk)
    throw new AtomError('declined', 'Nobody is there to be asked, so nothing was changed.', {
      next: ['Say that you mean it:   --yes'],
    });
  const asker = createAsker();
  try {
    if (await asker.yes(question, false)) return;
  } finally {
    asker.close();
  }
  throw new AtomError('declined', 'Nothing was changed.');
}
