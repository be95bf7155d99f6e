import { z } from 'zod';
import { listening, port, requirePrivacy } from './listening.ts';

const publicUrl = z
  .string()
  .refine(
    isPublicUrl,
    'an address that begins with https:// and ends without a slash, such as https://atom.example.com',
  );

/** Where platforms reach us with webhooks. Listened on only while a channel takes any. */
export const webhooksSchema = z
  .strictObject({
    ...listening,
    /** PORT of the environment outranks it. */
    port: port.default(9000),
    /** What platforms are told, as far as `/hooks/`; signatures of some cover it to the letter. */
    publicUrl: publicUrl.optional(),
  })
  .superRefine(requirePrivacy)
  .prefault({});

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return !/[?#\s]|\/$/.test(text);
}
