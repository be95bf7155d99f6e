import { AtomError } from '../../base/errors.ts';
import type { SecondFactor } from '../../governance/second-factor/second-factor.ts';

/**
 * Spends a code of the second factor on what lets anybody do more, where one is enrolled: without one, whoever
 * reaches the socket is the owner. Throws AtomError `credentials`.
 */
export async function proveWider(
  factor: Pick<SecondFactor, 'check' | 'enrolled'>,
  code: string | undefined,
  act: { readonly purpose: string; readonly words: string },
): Promise<void> {
  if (await factor.enrolled()) await prove(factor, code, act);
}

/**
 * Spends a code of the second factor on one act of the owner. Throws AtomError `credentials` where it is
 * missing or does not count, `not-found` where there is no second factor.
 */
export async function prove(
  factor: Pick<SecondFactor, 'check'>,
  code: string | undefined,
  act: { readonly purpose: string; readonly words: string },
): Promise<void> {
  if (code === undefined)
    throw new AtomError('credentials', `${act.words} needs a code of the second factor.`, {
      next: ['Pipe it in, it must not stand on a command line:   --totp-stdin'],
    });
  const checked = await factor.check(code, act.purpose);
  if (checked.ok) return;
  throw new AtomError(
    checked.reason === 'not-enrolled' ? 'not-found' : 'credentials',
    checked.message,
  );
}
