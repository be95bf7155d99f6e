import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isAddress, isLoopback } from '../base/address-list.ts';
import { readGatewayUrl } from '../domain/plain-url.ts';

const address = z.string().refine(isAddress, 'an IP address, such as 127.0.0.1');
const file = z.string().refine(isAbsolute, 'an absolute path');
const origin = z
  .string()
  .refine(
    (text) => /^https?:\/\//.test(text) && URL.parse(text)?.origin === text,
    'an origin as browsers write it, such as https://atom.example.com',
  );
const publicUrl = z
  .string()
  .refine(isPublicUrl, 'an address that begins with wss://, such as wss://atom.example.com');

/** Where devices and programs of the network reach the gateway. */
export const gatewaySchema = z
  .strictObject({
    /** Beyond loopback only with `tls` or behind a `trustedProxy`. */
    host: address.default('127.0.0.1'),
    /** 0 takes any that is free. */
    port: z.number().int().min(0).max(65_535).default(18_789),
    /** PEM files; nobody but their owner may read the key. */
    tls: z.strictObject({ cert: file, key: file }).optional(),
    /** Whose X-Forwarded-For and X-Forwarded-Proto count. */
    trustedProxy: z.array(address).max(16).default([]),
    /** What devices connect to, where that is not `host` and `port`. */
    publicUrl: publicUrl.optional(),
    /** Web pages that may connect, beside that of `publicUrl`. */
    origins: z.array(origin).max(16).default([]),
  })
  .superRefine(({ host, tls, trustedProxy }, context) => {
    if (isLoopback(host) || tls || trustedProxy.length > 0) return;
    context.addIssue({
      code: 'custom',
      path: ['host'],
      message:
        'an address of this machine alone (127.0.0.1): without "tls" or a "trustedProxy" everybody on the way could read along',
    });
  })
  .prefault({});

function isPublicUrl(text: string): boolean {
  try {
    return readGatewayUrl(text).secure;
  } catch {
    return false;
  }
}
