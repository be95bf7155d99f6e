import { z } from 'zod';
import { DEFAULT_SCOPES, grantable, type Scope } from '../domain/caller.ts';
import type { Device, PairingRequest } from '../domain/device.ts';
import { MOST_TOKEN } from './connect.ts';

const ref = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(64);
const granted = z.array(z.enum(grantable)).min(1);
const factorCode = z.string().min(1).max(64);

/** Parameters of what is about clients that hold a key to this gateway. */
export const deviceParams = {
  'devices.list': () => z.strictObject({}),
  /** Shows a new setup code; the one before it is void. `seconds` it lives, 300 at most. */
  'devices.pair': () =>
    z.strictObject({
      scopes: granted.default([...DEFAULT_SCOPES]),
      seconds: z.number().int().min(10).max(300).default(180),
      /** The address that the device shall connect to, where it is not the one of the configuration. */
      url: z.url().optional(),
      /** An ID token of the user whose device will bring the code. */
      idToken: z.string().min(1).max(MOST_TOKEN).optional(),
    }),
  /** Answers a device that waits, by its id or its digits. */
  'devices.answer': () =>
    z.strictObject({
      ref,
      verdict: z.enum(['approve', 'deny']),
      name: name.optional(),
      code: factorCode.optional(),
    }),
  /** A token for a program, shown once. */
  'devices.add': () =>
    z.strictObject({
      name,
      scopes: granted.default(['read', 'chat']),
      code: factorCode.optional(),
    }),
  'devices.rename': () => z.strictObject({ ref, name }),
  /** A new key in the place of the old one, which stops working. A program is shown its new token. */
  'devices.rotate': () => z.strictObject({ ref }),
  'devices.revoke': () => z.strictObject({ ref }),
} as const;

export interface DeviceAnswers {
  readonly 'devices.list': {
    readonly devices: readonly Device[];
    readonly waiting: readonly PairingRequest[];
    /** Where the gateway listens for them; absent while it does not. */
    readonly url?: string;
  };
  /** `warning`: why a phone would not reach it, in words; `user`: whose it will be, where a token said so. */
  readonly 'devices.pair': {
    readonly setupCode: string;
    readonly url: string;
    readonly expiresAtMs: number;
    readonly scopes: readonly Scope[];
    readonly user?: string;
    readonly warning?: string;
  };
  readonly 'devices.answer': { readonly device?: Device };
  readonly 'devices.add': { readonly device: Device; readonly token: string };
  readonly 'devices.rename': { readonly device: Device };
  readonly 'devices.rotate': { readonly device: Device; readonly token?: string };
  readonly 'devices.revoke': { readonly device: Device; readonly closed: number };
}
