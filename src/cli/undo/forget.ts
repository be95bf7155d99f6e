import { AtomError } from '../../base/errors.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Which copies to drop: those of one run, or all. */
export interface ForgetWish {
  readonly ref?: string;
  readonly all: boolean;
  readonly totpStdin: boolean;
}

/**
 * Drops the copies that undo keeps, after a yes. Throws AtomError `usage` where it is not said of which run,
 * `credentials` without the second factor that is enrolled.
 */
export async function forgetRuns(cli: Cli, { ref, all, totpStdin }: ForgetWish): Promise<void> {
  if (all === (ref !== undefined))
    throw new AtomError('usage', 'Say of which run, or of all:', {
      next: ['atom undo <run> --forget', 'atom undo --forget --all'],
    });
  await withGateway(cli, false, async (gateway) => {
    const what = ref === undefined ? 'all that undo keeps' : `what undo keeps of run ${ref}`;
    await sure(cli, { question: `Drop ${what} for good?`, otherwise: 'Nothing was dropped.' });
    const { enrolled } = await gateway.request('factor.status', {});
    const { forgotten } = await gateway.request('undo.forget', {
      ...(ref === undefined ? {} : { ref }),
      ...(enrolled ? { code: await askCode(cli, totpStdin) } : {}),
    });
    if (cli.out.json) return cli.out.object({ forgotten });
    cli.out.data(`Dropped the copies of ${forgotten} ${forgotten === 1 ? 'run' : 'runs'}.`);
    if (!all)
      cli.out.hint('What other runs need of them stays; all of it:   atom undo --forget --all');
  });
}
