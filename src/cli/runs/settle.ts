import { AtomError } from '../../base/errors.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Longer than any command may run, and somebody may have to be asked. */
const MOST_MS = 1_200_000;

/** Takes the owner's word on a run that nobody knows the end of: exactly one of the three. */
export async function settleRun(
  cli: Cli,
  ref: string,
  words: { readonly happened: boolean; readonly again: boolean; readonly forget: boolean },
): Promise<void> {
  const [word, more] = (['happened', 'again', 'forget'] as const).filter((one) => words[one]);
  if (word === undefined || more !== undefined)
    throw new AtomError('usage', 'Say one of --happened, --again and --forget.', {
      next: [`Look at it first:   atom runs show ${ref}`],
    });
  const { outcome } = await withGateway(cli, false, (gateway) =>
    gateway.request('runs.settle', { ref, word }, { timeoutMs: MOST_MS }),
  );
  if (outcome && !outcome.ok) throw new AtomError('failed', visibleBlock(outcome.message));
  if (cli.out.json) return cli.out.object({ settled: ref, word });
  cli.out.say(word === 'again' ? `${ref} was done again.` : `${ref} is settled.`);
}
