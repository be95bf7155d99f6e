import type { AtomError } from '../base/errors.ts';
import type { Caller, Scope } from '../domain/caller.ts';
import type { PairingRequest } from '../domain/device.ts';
import type { ConnectAuth, PairingEnd } from './connect.ts';
import type { Handshake } from './handshake.ts';

/** What a connection of the network begins with; whose key it is, the keeper of the keys knows. */
export type Greeting = Omit<Handshake, 'client'>;

/** How an attempt to prove who one is ended. `handshake` is what the gateway signs in its turn. */
export type Opened =
  | { readonly kind: 'caller'; readonly caller: Caller; readonly handshake: Handshake }
  | {
      readonly kind: 'pairing';
      readonly request: PairingRequest;
      readonly handshake: Handshake;
      readonly ended: Promise<PairingEnd>;
      /** The connection went away before the owner answered. */
      abandon(): void;
    }
  /** `message` is for the record; whoever asked is told the same words whatever was wrong, or `told` where they proved a setup code. */
  | { readonly kind: 'refused'; readonly message: string; readonly told?: AtomError };

/** The keeper of devices and programs, as far as the gateway's door to the network needs it. */
export interface Credentials {
  /** True while there is a device, a program or a setup code: otherwise no port is opened. */
  needed(): Promise<boolean>;
  /** Told when the answer of `needed` may be another one now; returns how to stop. */
  onNeeded(listener: () => void): () => void;
  /** Proves who it is; the signature is over `clientProof`. Without `wanted`, all that the credential is good for. */
  open(
    auth: ConnectAuth,
    greeting: Greeting,
    wanted: readonly Scope[] | undefined,
  ): Promise<Opened>;
  /** The gateway's own key: 32 bytes, base64url, and a signature of it: 64 bytes, base64url. */
  identity(): Promise<{ readonly publicKey: string; sign(text: string): string }>;
  /** Told the id of each device and program that may no longer connect; returns how to stop. */
  onRevoked(listener: (id: string) => void): () => void;
  /** A device or program has just connected. */
  seen(id: string): void;
}
