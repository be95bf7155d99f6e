import { z } from 'zod';
import { httpUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const someone = z.coerce
  .string()
  .transform((text) => text.replace(/^\+/, '').toLowerCase())
  .pipe(
    z
      .string()
      .regex(
        new RegExp(`^(?:[1-9]\\d{5,14}|${UUID})$`),
        'a phone number with the country’s code, such as +4915112345678, or a uuid of Signal',
      ),
  );

export const signalSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    ...privacy,
    /** The account that signal-cli has: its phone number, or the uuid of one without a number. */
    account: someone,
    /** Where signal-cli listens: one of the three; `tcp` at 127.0.0.1:7583 where none is named. */
    socket: z.string().startsWith('/', 'the full path of a socket').optional(),
    tcp: z
      .string()
      .regex(/^(?:[\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i, 'host:port, such as 127.0.0.1:7583')
      .optional(),
    http: httpUrl.optional(),
    /** Numbers or uuids of the people who may talk to atom. */
    allow: z.array(someone).default([]),
    /** Groups in which atom listens, by their ids. */
    groups: z
      .array(
        z
          .string()
          .regex(
            /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)$/,
            'the id of a group, as signal-cli listGroups shows it',
          ),
      )
      .default([]),
    /** True for a number of atom’s own: strangers get a code for you, instead of no answer. */
    answerStrangers: z.boolean().default(false),
  })
  .refine(({ socket, tcp, http }) => [socket, tcp, http].filter(Boolean).length < 2, {
    message: 'name one of socket, tcp and http',
    path: ['socket'],
  });
