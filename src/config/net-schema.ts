import { z } from 'zod';
import { whyNoHost } from '../domain/host-pattern.ts';
import { readPrivateHost } from '../domain/private-host.ts';

const MOST = 200;

const host = z.string().refine((text) => whyNoHost(text) === undefined, {
  error: ({ input }) =>
    `a host such as example.org, *.example.org or example.org:8443: ${whyNoHost(String(input))}`,
});

const privateHost = z.string().refine((text) => typeof readPrivateHost(text) !== 'string', {
  error: ({ input }) => `a server in a network of your own: ${readPrivateHost(String(input))}`,
});

/** Which pages may be fetched without a question, and from where at all. */
export const netSchema = z
  .strictObject({
    /** Looked at without asking. Any other host is asked about. */
    allow: z.array(host).max(MOST).default([]),
    /** May be spoken to without TLS, which everybody on the way can read and change. */
    plain: z.array(host).max(MOST).default([]),
    /** Servers of this machine or of networks of one's own, by address or name, with the port. */
    private: z.array(privateHost).max(MOST).default([]),
  })
  .prefault({});
