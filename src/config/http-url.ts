import { z } from 'zod';

/** An address of a server over HTTP, with or without TLS. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'an http or https address' });
