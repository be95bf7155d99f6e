import { z } from 'zod';
import { isLoopback } from '../base/address-list.ts';
import { whyNoPostUrl } from '../domain/post-url.ts';

/** An address of a server over HTTP, with or without TLS. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'an http or https address' });

/** Where something signed is posted to: what everybody on the way could read stays in networks of one's own. */
export const postUrl = checked(whyNoPostUrl);

/** Where a token is sent, which everybody on the way could take: without TLS it does not leave this machine. */
export const tokenUrl = checked(whyNoTokenUrl);

function whyNoTokenUrl(text: string): string | undefined {
  const why = whyNoPostUrl(text);
  if (why !== undefined) return why;
  const { protocol, hostname } = new URL(text);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'https:' || host === 'localhost' || isLoopback(host)) return undefined;
  return 'an address that begins with https://, or with http:// where it is of this machine: a token is sent there';
}

function checked(whyNot: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const message = whyNot(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}
