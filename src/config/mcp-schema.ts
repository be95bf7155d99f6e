import { z } from 'zod';
import { hostSchema, nameSchema, shownSchema } from './jail-schema.ts';

const MOST_SERVERS = 30;
const MOST_HOSTS = 50;
const MOST_SHOWN = 20;
const MOST_SECRETS = 20;

/** Without `_`, so that no two servers can make the same name for a tool. */
export const mcpName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,19}$/, 'a short name of a–z and 0–9, such as files');

const word = z
  .string()
  .max(4096)
  .refine((text) => !text.includes('\0'), 'no NUL');
const variable = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'a variable such as API_TOKEN');
const header = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'a header such as Authorization');
const secret = z
  .string()
  .regex(/^mcp\.[a-z0-9.-]{1,60}$/, 'the name of a secret, such as mcp.files.token');
const headerValue = z
  .string()
  .regex(
    /^([A-Za-z]{1,20} )?mcp\.[a-z0-9.-]{1,60}$/,
    'the name of a secret, with a word before it or not, such as Bearer mcp.issues.token',
  );
const url = z
  .string()
  .max(2000)
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'an address with https://');

const few = (values: object): boolean => Object.keys(values).length <= MOST_SECRETS;

/** One server of the Model Context Protocol, as a person writes it: a program in a jail, or an address. */
export const mcpServerSchema = z
  .strictObject({
    name: mcpName,
    command: z.array(word).min(1).max(100).exactOptional(),
    jail: nameSchema.exactOptional(),
    mode: z.enum(['read-only', 'read-write']).exactOptional(),
    shows: z.array(shownSchema).max(MOST_SHOWN).exactOptional(),
    network: z.array(hostSchema).max(MOST_HOSTS).exactOptional(),
    secrets: z.record(variable, secret).refine(few, 'fewer of them').exactOptional(),
    url: url.exactOptional(),
    headers: z.record(header, headerValue).refine(few, 'fewer of them').exactOptional(),
  })
  .superRefine(({ name, secrets = {}, headers = {}, ...server }, context) => {
    const wrong = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((server.command === undefined) === (server.url === undefined))
      wrong('command', 'either a command or a url');
    const ofPrograms = ['jail', 'mode', 'shows', 'network'] as const;
    const odd = ofPrograms.find((key) => server.url !== undefined && server[key] !== undefined);
    if (odd !== undefined) wrong(odd, 'nothing: that is for servers with a command');
    if (server.url !== undefined && Object.keys(secrets).length > 0)
      wrong('secrets', 'nothing: that is for servers with a command');
    if (server.url === undefined && Object.keys(headers).length > 0)
      wrong('headers', 'nothing: that is for servers with a url');
    if (server.mode === 'read-write' && server.jail === undefined)
      wrong('mode', 'a jail beside it, in which it may write');
    // One server is never handed what is kept for another.
    const own = `mcp.${name}.`;
    for (const value of Object.values(secrets))
      if (!value.startsWith(own)) wrong('secrets', `a secret of its own, such as ${own}token`);
    for (const value of Object.values(headers))
      if (!value.includes(own)) wrong('headers', `a secret of its own, such as ${own}token`);
  });

/** All of them; none of two has the same name. */
export const mcpSchema = z
  .array(mcpServerSchema)
  .max(MOST_SERVERS)
  .default([])
  .superRefine((servers, context) => {
    const twice = servers.findIndex(
      (one, at) => servers.findIndex(({ name }) => name === one.name) < at,
    );
    if (twice < 0) return;
    const message = 'a name that no other server has';
    context.addIssue({ code: 'custom', path: [twice, 'name'], message });
  });
