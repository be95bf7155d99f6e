import { z } from 'zod';
import { whyNoPostUrl } from '../domain/post-url.ts';

/** An address of a server over HTTP, with or without TLS. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'an http or https address' });

/** Where a token is sent: what everybody on the way could read stays in networks of one's own. */
export const tokenUrl = z.string().superRefine((text, context) => {
  const message = whyNoPostUrl(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
