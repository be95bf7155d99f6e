import { AtomError } from '../../base/errors.ts';
import { START_ANEW } from '../../base/hint.ts';
import { type Caller, LOCAL_OWNER } from '../../domain/caller.ts';
import type { PairingRequest } from '../../domain/device.ts';
import type { PairingEnd } from '../../protocol/connect.ts';
import { PROTOCOL } from '../../protocol/limits.ts';
import type { ParsedParams } from '../../protocol/methods.ts';

export type Greeting = ParsedParams<'connect'>;

/** Who greets, as far as it could be proved. `proof`: the gateway's own, where the client wanted one. */
export type Admission =
  | { readonly kind: 'caller'; readonly caller: Caller; readonly proof?: string }
  | {
      readonly kind: 'pairing';
      readonly request: PairingRequest;
      readonly proof: string;
      readonly ended: Promise<PairingEnd>;
      abandon(): void;
    }
  | { readonly kind: 'refused'; readonly error: AtomError };

export type Admit = (greeting: Greeting) => Promise<Admission>;

/** Whoever reaches the profile's own socket is the owner: the system lets nobody else at it. */
export const admitOwner: Admit = async () => ({ kind: 'caller', caller: LOCAL_OWNER });

/** Throws AtomError `failed` for a client of another protocol. */
export function requireProtocol({ protocol }: Greeting): void {
  const { min, max } = typeof protocol === 'number' ? { min: protocol, max: protocol } : protocol;
  if (min <= PROTOCOL && PROTOCOL <= max) return;
  const theirs = min === max ? `${min}` : `${min} to ${max}`;
  throw new AtomError('failed', `This gateway speaks protocol ${PROTOCOL}, not ${theirs}.`, {
    next: [`Use the same version of atom on both sides:   ${START_ANEW}`],
  });
}
