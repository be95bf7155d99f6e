import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isAddress, isLoopback } from '../base/address-list.ts';

const address = z.string().refine(isAddress, 'an IP address, such as 127.0.0.1');
const file = z.string().refine(isAbsolute, 'an absolute path');

/** What every port that atom listens on has in common. */
export const listening = {
  /** Beyond loopback only with `tls` or behind a `trustedProxy`. */
  host: address.default('127.0.0.1'),
  /** PEM files; nobody but their owner may read the key. */
  tls: z.strictObject({ cert: file, key: file }).optional(),
  /** Whose X-Forwarded- headers count. */
  trustedProxy: z.array(address).max(16).default([]),
};

/** 0 takes any that is free. */
export const port = z.number().int().min(0).max(65_535);

/** Refuses what the network could read along. */
export function requirePrivacy(
  {
    host,
    tls,
    trustedProxy,
  }: {
    readonly host: string;
    readonly tls?: object | undefined;
    readonly trustedProxy: readonly string[];
  },
  context: z.core.$RefinementCtx,
): void {
  if (isLoopback(host) || tls || trustedProxy.length > 0) return;
  context.addIssue({
    code: 'custom',
    path: ['host'],
    message:
      'an address of this machine alone (127.0.0.1): without "tls" or a "trustedProxy" everybody on the way could read along',
  });
}
