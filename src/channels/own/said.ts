import { z } from 'zod';
import { schemaWords } from '../../base/schema-words.ts';
import { visible } from '../../base/visible.ts';
import { whyNoHost } from '../../domain/host-pattern.ts';
import type { OwnChannelSaid } from '../../domain/own-channel.ts';
import { readPrivateHost } from '../../domain/private-host.ts';

const MOST_HOSTS = 20;
const MOST_SECRETS = 8;

const host = z.string().refine((text) => whyNoHost(text) === undefined, {
  error: ({ input }) => whyNoHost(String(input)) ?? 'a host such as example.org',
});
const ownServer = z.string().refine((text) => typeof readPrivateHost(text) !== 'string', {
  error: ({ input }) => String(readPrivateHost(String(input))),
});

/** What a module may say of itself. What is left out is not allowed. */
const saidSchema = z.strictObject({
  label: z
    .string()
    .min(1)
    .max(40)
    .refine((text) => visible(text) === text, 'a name without signs that nobody sees'),
  hosts: z.array(host).max(MOST_HOSTS).default([]),
  ownServers: z.array(ownServer).max(MOST_HOSTS).default([]),
  secrets: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, 'a–z, 0–9 and -, such as token'))
    .max(MOST_SECRETS)
    .default([]),
  maxLength: z.number().int().min(200).max(65_536).default(4000),
  threads: z.boolean().default(false),
  edits: z.boolean().default(false),
  idempotentSend: z.boolean().default(false),
  provesSenders: z.boolean().default(false),
});

/** What a module says of itself, complete; a string says in words what is wrong with it. */
export function readSaid(value: unknown): OwnChannelSaid | string {
  const parsed = saidSchema.safeParse(value);
  return parsed.success ? parsed.data : schemaWords(parsed.error);
}
