import { fingerprintOf, type Identity } from '../../base/ed25519.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Scope } from '../../domain/caller.ts';
import { writeSetupCode } from '../../protocol/setup-code.ts';
import type { SetupCodes } from '../../trust/devices/setup-codes.ts';
import type { AtomOptions } from '../parts.ts';
import { type Reach, reachOf } from './reach.ts';

/** A setup code, to be shown and not kept. */
export interface Armed extends Reach {
  readonly setupCode: string;
  readonly expiresAtMs: number;
  readonly scopes: readonly Scope[];
}

interface ArmParts {
  readonly options: Pick<AtomOptions, 'config'>;
  readonly codes: SetupCodes;
  readonly identity: () => Promise<Identity>;
}

export async function armCode(
  { options, codes, identity }: ArmParts,
  wish: { readonly scopes: readonly Scope[]; readonly seconds: number; readonly url?: string },
  by: Decider,
): Promise<Armed> {
  const reach = reachOf(options, wish.url);
  const fingerprint = fingerprintOf((await identity()).publicKey);
  const { token: bootstrapToken, expiresAtMs } = await codes.arm(wish, by);
  const setupCode = writeSetupCode({ url: reach.url, bootstrapToken, expiresAtMs, fingerprint });
  return { ...reach, setupCode, expiresAtMs, scopes: wish.scopes };
}
