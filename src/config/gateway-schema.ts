import { z } from 'zod';
import { readGatewayUrl } from '../domain/plain-url.ts';
import { listening, port, requirePrivacy } from './listening.ts';

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
    ...listening,
    port: port.default(18_789),
    /** What devices connect to, where that is not `host` and `port`. */
    publicUrl: publicUrl.optional(),
    /** Web pages that may connect, beside that of `publicUrl`. */
    origins: z.array(origin).max(16).default([]),
  })
  .superRefine(requirePrivacy)
  .prefault({});

function isPublicUrl(text: string): boolean {
  try {
    return readGatewayUrl(text).secure;
  } catch {
    return false;
  }
}
