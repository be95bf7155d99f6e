import { z } from 'zod';
import { grantable, type Scope } from '../domain/caller.ts';
import type { PairingRequest } from '../domain/device.ts';

/** 16 to 64 bytes, base64url. */
const nonce = z.string().regex(/^[A-Za-z0-9_-]{22,86}$/, 'random bytes, base64url');
/** An Ed25519 public key: 32 bytes, base64url. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a public key, base64url');
/** An Ed25519 signature: 64 bytes, base64url. */
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'a signature, base64url');
/** It has to fit into the first frame, of which no more than 16 kB are read. */
export const MOST_TOKEN = 12_000;
const token = z.string().min(1).max(200);

/** How a client of the network proves who it is. The profile's own socket needs none of it. */
const auth = z.discriminatedUnion('kind', [
  /** A program, by the token that `devices.add` showed. */
  z.strictObject({ kind: z.literal('token'), token, nonce }),
  /** A paired device, by the key it was given and a signature of its own (see `clientProof`). */
  z.strictObject({
    kind: z.literal('device'),
    device: z.string().min(1).max(64),
    key: token,
    nonce,
    signature,
  }),
  /** A new device, by the token of a setup code. */
  z.strictObject({
    kind: z.literal('bootstrap'),
    token,
    name: z.string().trim().min(1).max(64),
    publicKey,
    nonce,
    signature,
    /** An ID token of an OpenID provider that says whose it is, asked for with `identityNonce`. */
    idToken: z.string().min(1).max(MOST_TOKEN).optional(),
  }),
]);

/** The first frame of every connection. */
export const connect = z.strictObject({
  /** The versions of the protocol that the client speaks: one, or from and to. */
  protocol: z.union([
    z.number().int(),
    z.strictObject({ min: z.number().int(), max: z.number().int() }),
  ]),
  client: z.enum(['ui', 'cli', 'device', 'bridge']),
  /** True for clients that want events. */
  events: z.boolean(),
  /** The last event that was seen: what came after it is told again. */
  since: z
    .strictObject({ boot: z.string().min(1).max(64), seq: z.number().int().min(0) })
    .optional(),
  /** No more than this, where the credential is good for more. A device that asks for more than it has asks the owner. */
  scopes: z.array(z.enum(grantable)).min(1).optional(),
  auth: auth.optional(),
});

export type ConnectAuth = z.infer<typeof auth>;

/** What the gateway says about itself, once it knows who asks. */
export interface Hello {
  readonly protocol: number;
  readonly profile: string;
  readonly version: string;
  readonly pid: number;
  readonly startedAt: number;
  /** Names the run of the gateway that numbers the events. */
  readonly boot: string;
  /** The number of the last event before this answer; those that were missed follow it. */
  readonly seq: number;
  /** True where some that were missed are not kept any more: ask for the state anew. */
  readonly gap: boolean;
  readonly scopes: readonly Scope[];
  /** The gateway's signature over `gatewayProof`, base64url, for clients that sent a nonce. */
  readonly proof?: string;
  /** For a new device: nothing else is answered until the owner has compared the digits. */
  readonly pairing?: PairingRequest;
}

/** The first thing that is said on a connection of the network, before `connect`. */
export interface Challenge {
  readonly kind: 'connect.challenge';
  /** 32 random bytes, base64url. */
  readonly challenge: string;
  /** The gateway's public key: 32 bytes, base64url. */
  readonly gateway: string;
}

/** How the request of a new device ended; the connection closes after it. */
export type PairingEnd =
  | {
      readonly kind: 'device.paired';
      readonly device: string;
      /** To be shown with each connection, and kept where secrets are. Said once. */
      readonly key: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: 'device.refused'; readonly message: string };
