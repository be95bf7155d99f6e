import type { Outside } from '../../domain/outside.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { Identify } from './parts.ts';

/** What it takes is loaded with the first token: most atoms never see one. */
export function createIdentify(
  options: Pick<AtomOptions, 'config' | 'clock'>,
  records: Pick<Records, 'store' | 'users'>,
  outside: Outside,
): Identify {
  let opened: Promise<Identify> | undefined;
  return async (token, nonce) => {
    opened ??= import('./identify.ts').then(({ openIdentify }) =>
      openIdentify(options, records, outside),
    );
    return (await opened)(token, nonce);
  };
}
