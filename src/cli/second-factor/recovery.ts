import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { FactorStatus } from '../../domain/second-factor.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Shows recovery codes, this once. Under --json they are in the object only where that is asked for. */
export function showRecoveryCodes(
  { out }: Cli,
  recoveryCodes: readonly string[],
  inJson: boolean,
): void {
  if (out.json) out.object({ enrolled: true, ...(inJson ? { recoveryCodes } : {}) });
  if (out.json && inJson) return;
  out.warn('Recovery codes, each good once in the place of six digits. They are shown only now:');
  for (const code of recoveryCodes) (out.json ? out.warn : out.data)(code);
  out.warn('Keep them where your phone is not.');
}

/** How many recovery codes are left. */
export async function countCodes(cli: Cli): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { recoveryCodes } = await requireFactor(gateway);
    if (cli.out.json) return cli.out.object({ recoveryCodes });
    cli.out.data(`${recoveryCodes} recovery codes are left.`);
    cli.out.hint('New ones, with a code:   atom 2fa codes --renew');
  });
}

/** New recovery codes in the place of all others. */
export async function renewCodes(
  cli: Cli,
  { totpStdin, showSecret }: { readonly totpStdin: boolean; readonly showSecret: boolean },
): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    await requireFactor(gateway);
    const code = await askCode(cli, totpStdin);
    const { recoveryCodes } = await gateway.request('factor.renew', { code });
    showRecoveryCodes(cli, recoveryCodes, showSecret);
  });
}

/** What is known of the second factor. Throws AtomError `not-found` where there is none. */
export async function requireFactor(
  gateway: Gateway,
): Promise<FactorStatus & { readonly enrolled: true }> {
  const status = await gateway.request('factor.status', {});
  if (status.enrolled) return status;
  throw new AtomError('not-found', 'There is no second factor.', {
    next: ['Set one up:   atom 2fa enroll'],
  });
}
