import { z } from 'zod';
import { digitsIn, type Named, uuidIn } from './ids.ts';
import { type Params, RpcError, type Wire } from './wire.ts';

/** A signal-cli that has our account. */
export interface Session {
  readonly wire: Wire;
  /** What goes with every request: the account, to a signal-cli that has several. */
  readonly account: Params;
  /** Our own fixed id, where signal-cli told it. */
  readonly uuid?: string;
}

/** signal-cli runs and has not our account. */
export class NoAccountError extends Error {
  constructor(account: string) {
    super(`signal-cli has no account ${account}`);
    this.name = 'NoAccountError';
  }
}

export const METHOD_NOT_FOUND = -32601;

const accounts = z.array(
  z.object({ number: z.string().nullish(), aci: z.string().nullish(), uuid: z.string().nullish() }),
);

/**
 * Finds out which signal-cli this is. One that was started for a single account knows no `listAccounts` and
 * refuses an `account` (-32600); whose it is only shows by what arrives.
 */
export async function beginSession(
  wire: Wire,
  account: string,
  signal: AbortSignal,
): Promise<Session> {
  await wire.call('version', {}, signal);
  const listed = await wire.call('listAccounts', {}, signal).catch((thrown: unknown) => {
    if (thrown instanceof RpcError && thrown.code === METHOD_NOT_FOUND) return undefined;
    throw thrown;
  });
  if (listed === undefined) return { wire, account: {} };
  const own = accounts
    .parse(listed)
    .map(({ number, aci, uuid }): Named => ({ number, uuid: aci ?? uuid }))
    .find((one) => digitsIn(one.number) === account || uuidIn(one.uuid) === account);
  const name = own?.number ?? own?.uuid;
  if (!own || !name) throw new NoAccountError(account);
  const uuid = uuidIn(own.uuid);
  return { wire, account: { account: name }, ...(uuid === undefined ? {} : { uuid }) };
}
