import { asAtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { askCode } from './code.ts';

/**
 * Asks the gateway for something that may need a code of the second factor, which it alone knows: without one
 * first, and where it wants one, says what for and asks for it. Throws AtomError `credentials` where there is none.
 */
export async function withCode<T>(
  cli: Cli,
  totpStdin: boolean,
  request: (proof: { readonly code?: string }) => Promise<T>,
): Promise<T> {
  try {
    return await request({});
  } catch (thrown) {
    const { code, message } = asAtomError(thrown);
    if (code !== 'credentials') throw thrown;
    cli.out.say(message);
    return await request({ code: await askCode(cli, totpStdin) });
  }
}
