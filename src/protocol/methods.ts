import { z } from 'zod';
import { lazily } from '../base/lazily.ts';
import { accessParams } from './access-methods.ts';
import { agentName, agentParams } from './agent-methods.ts';
import { connect } from './connect.ts';
import { keepingParams } from './keeping-methods.ts';

const none = z.strictObject({});
const factorCode = z.string().min(1).max(64);
const lifetime = z.enum(['1h', '30d']);

const schemas = {
  connect: () => connect,
  status: () => none,
  /** `text` for the agent, said by whoever asks. `key` makes a repeat harmless. */
  'chat.send': () =>
    z.strictObject({
      text: z.string().min(1),
      /** Names one of several conversations of whoever asks. */
      peer: z
        .string()
        .regex(/^[a-z0-9_-]{1,64}$/i)
        .default('main'),
      /** An agent to talk to in a conversation of its own; `peer` is then its name. */
      agent: agentName.optional(),
      /** Key of a session to say it in: the answer goes to where that lives, and is told as an event too. */
      session: z.string().min(1).max(300).optional(),
      key: z.string().min(1).max(64),
    }),
  'chat.history': () =>
    z.strictObject({
      session: z.string(),
      limit: z.number().int().min(1).max(500).default(50),
    }),
  /** Stops the turn of a session. */
  'chat.stop': () => z.strictObject({ session: z.string() }),
  'approvals.list': () => z.strictObject({ all: z.boolean().default(false) }),
  'approvals.show': () => z.strictObject({ ref: z.string().min(1) }),
  'approvals.answer': () =>
    z.strictObject({
      ref: z.string().min(1),
      verdict: z.enum(['approve', 'deny']),
      typed: z.boolean().default(false),
      /** A code of the second factor, for cards that need one. */
      code: factorCode.optional(),
      stop: z.boolean().default(false),
      /** With a no: why, which whoever asked is told, and the record keeps. */
      reason: z.string().trim().min(1).max(500).optional(),
      /** Of several like requests on one card, only the first. */
      step: z.boolean().default(false),
      /** Which of the card's offers shall stand from now on, counted from 0; `code` where one is needed. */
      stand: z.int().min(0).optional(),
      lifetime: lifetime.default('30d'),
    }),
  /** The rules and standing approvals that hold, and whether a second factor is enrolled. */
  'rules.list': () => none,
  /** Reads the rules of the configuration file again; fewer or milder ones need a code, where one is enrolled. */
  'rules.reload': () => z.strictObject({ code: factorCode.optional() }),
  /** Gives what a card of the record offered. */
  'standing.give': () =>
    z.strictObject({
      ref: z.string().min(1),
      offer: z.int().min(0).default(0),
      lifetime: lifetime.default('30d'),
      code: factorCode.optional(),
    }),
  'standing.revoke': () => z.strictObject({ id: z.string().min(1) }),
  ...agentParams,
  ...keepingParams,
  'jails.list': () => none,
  /** Tries the jail of this machine again, and where one of the owner's is named, that one too. */
  'jails.check': () => z.strictObject({ name: z.string().min(1).optional() }),
  /** Reads the jails of the configuration file again. Wider ones need a code, where there is a second factor. */
  'jails.reload': () => z.strictObject({ code: factorCode.optional() }),
  ...accessParams,
  /** Signs what was recorded and is not signed yet. */
  'record.checkpoint': () => none,
  /** Another key signs from now on; a code, where a second factor is enrolled. */
  'record.rotate': () => z.strictObject({ code: factorCode.optional() }),
  /** Log lines kept in memory, newest last. */
  'log.recent': () => z.strictObject({ limit: z.number().int().min(1).max(1000).default(200) }),
  /** Kill what runs, deny what waits, refuse everything until `resume`. */
  panic: () => none,
  /** Take no more messages until `resume`; what runs comes to its end. */
  pause: () => none,
  resume: () =>
    z.strictObject({
      /** A code of the second factor. */
      code: z.string().min(1).max(64).optional(),
      /** True where a person at this terminal typed a word for it. */
      typed: z.boolean().default(false),
    }),
  /** Finish running work and stop; `force` kills what runs. */
  stop: () => z.strictObject({ force: z.boolean().default(false) }),
} as const;

/**
 * The parameters of every method, checked at the door; each is made when it is first asked for, for no
 * gateway is asked for all. What each answers is in `Answers`.
 */
export const params = lazily(schemas);

export type Method = keyof typeof params;
/** What a caller writes (defaults may be left out). */
export type Params<M extends Method> = z.input<(typeof params)[M]>;
/** What the gateway reads (defaults filled in). */
export type ParsedParams<M extends Method> = z.output<(typeof params)[M]>;
