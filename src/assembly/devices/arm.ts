import { fingerprintOf, type Identity } from '../../base/ed25519.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Scope } from '../../domain/caller.ts';
import { writeSetupCode } from '../../protocol/setup-code.ts';
import type { NetworkStatus } from '../../protocol/status.ts';
import type { CodeWish, SetupCodes } from '../../trust/devices/setup-codes.ts';
import { listeningAt, type Reach, reachOf } from './reach.ts';

/** A setup code, to be shown and not kept. */
export interface Armed extends Reach {
  readonly setupCode: string;
  readonly expiresAtMs: number;
  readonly scopes: readonly Scope[];
  /** Whose it will be, where that is not the owner. */
  readonly user?: string;
}

interface ArmParts {
  readonly codes: SetupCodes;
  readonly identity: () => Promise<Identity>;
  /** Opens the port for as long as the code lives. */
  readonly listen: (seconds: number) => Promise<NetworkStatus>;
}

export async function armCode(
  { codes, identity, listen }: ArmParts,
  wish: CodeWish & { readonly seconds: number; readonly url?: string },
  by: Decider,
): Promise<Armed> {
  const given = wish.url === undefined ? undefined : reachOf(wish.url);
  const fingerprint = fingerprintOf((await identity()).publicKey);
  const { token: bootstrapToken, expiresAtMs } = await codes.arm(wish, by);
  const port = listeningAt(await listen(wish.seconds));
  const reach = given ?? reachOf(port);
  const setupCode = writeSetupCode({ url: reach.url, bootstrapToken, expiresAtMs, fingerprint });
  const whose = wish.owner ? { user: wish.owner.user } : {};
  return { ...reach, setupCode, expiresAtMs, scopes: wish.scopes, ...whose };
}
