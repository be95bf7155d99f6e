import { z } from 'zod';
import { channelsSchema } from './channels/all.ts';
import { editionFacts, editions, keptIn } from './edition.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { absolute, jailSchema, nameSchema as name, workspaceSchema } from './jail-schema.ts';
import { mcpSchema } from './mcp-schema.ts';
import { fallbacks, modelName, modelsSchema, money } from './models-schema.ts';
import { netSchema } from './net-schema.ts';
import { rulesSchema } from './rule-schema.ts';
import { tellingSchemas } from './telling-schemas.ts';
import { peopleSchemas, userFaults } from './users-schema.ts';
import { webhooksSchema } from './webhooks-schema.ts';

/** No pattern: `*` would be taken for a name, and nothing would be private. */
const privatePath = z
  .string()
  .regex(
    /^([a-z0-9][a-z0-9_-]{0,31}:)?[^:*?/][^:*?]*$/,
    'a path in a jail, such as letters or work:letters',
  )
  .refine((path) => !path.split(/[/:]/).includes('..'), 'a path that stays in its jail');

const count = z.number().int().min(0).max(100_000);
const tokens = z.number().int().min(0).max(1_000_000_000_000);
const most = {
  actionsPerMinute: z.number().int().min(1).max(100_000),
  commandsPerHour: z.number().int().min(0).max(100_000),
  moneyPerDay: money,
  /** For everything that one message leads to. */
  moneyPerRun: money,
  /** Asked and answered together, also of models that cost nothing. */
  tokensPerDay: tokens,
  tokensPerRun: tokens,
};
/** What agents may use, all together; `perAgent` tightens it for one. Reached, they stop. */
const limits = z
  .strictObject({
    actionsPerMinute: most.actionsPerMinute.default(60),
    commandsPerHour: most.commandsPerHour.default(240),
    moneyPerDay: most.moneyPerDay.default(5),
    moneyPerRun: most.moneyPerRun.default(1),
    tokensPerDay: most.tokensPerDay.default(20_000_000),
    tokensPerRun: most.tokensPerRun.default(4_000_000),
    /** What the prices of models are in. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'three letters, such as USD')
      .default('USD'),
    perAgent: z.record(name, z.strictObject(most).partial()).default({}),
  })
  .prefault({});

const seconds = z.number().int().min(5).max(86_400);

/** What config.json may hold. Everything but `version` has a default; an unknown key is an error. */
export const configSchema = z
  .strictObject({
    version: z.literal(1),
    /** What atom differs in by it is in edition.ts, and is never governance. */
    edition: z.enum(editions).default('personal'),
    model: modelName.default('offline'),
    /** For agents that have no model of their own. */
    fallbacks: fallbacks.default([]),
    /** Name of the jail that commands run in when none is named. */
    workspace: workspaceSchema,
    jails: z.array(jailSchema).default([]),
    rules: rulesSchema.default([]),
    ...peopleSchemas,
    /** How long what was dealt with is kept. */
    retention: z
      .strictObject({
        /** Messages, both ways, and the questions and runs behind them (those for 90 days at least). */
        days: z.number().int().min(7).max(3650).default(30),
        /** The record. What is dropped is covered by a signed checkpoint, so that the rest still verifies. */
        recordDays: z.number().int().min(30).max(36_500).optional(),
        /** Posts of the feed; those as old as messages are, too. By the edition, as the record. */
        feedDays: z.number().int().min(30).max(36_500).optional(),
      })
      .prefault({}),
    /** Files that come with messages: the largest that is taken, and the room for all of them, in MB. */
    media: z
      .strictObject({
        mostMegabytes: z.number().int().min(1).max(2000).default(25),
        keptMegabytes: z.number().int().min(1).max(1_000_000).default(1000),
      })
      .prefault({}),
    /** What of a jail is a secret: it is hidden from commands that do not name it, and never leaves. */
    private: z.array(privatePath).default([]),
    channels: channelsSchema,
    ...tellingSchemas,
    /** Servers of the Model Context Protocol: nothing of one is used before it is approved. */
    mcp: mcpSchema,
    models: modelsSchema,
    limits,
    approvals: z
      .strictObject({
        expireSeconds: seconds.default(300),
        criticalSeconds: seconds.default(120),
      })
      .prefault({}),
    net: netSchema,
    /** How many processes wait for the next call of a skill, once there was one; each takes some 50 MB. */
    skills: z.strictObject({ pool: z.number().int().min(0).max(8).default(2) }).prefault({}),
    /** What happens to messages that come while a turn of their chat runs. */
    sessions: z
      .strictObject({ whileBusy: z.enum(['steer', 'collect', 'interrupt']).default('steer') })
      .prefault({}),
    /** The record that suggests a promotion; suggested only, never given. */
    promotion: z
      .strictObject({
        actions: count.default(50),
        denied: count.default(0),
        undone: count.default(0),
        days: z.number().int().min(1).max(60).default(14),
      })
      .prefault({}),
    audit: z
      .strictObject({
        /** A file that every signed checkpoint of the record is added to, best on another disk. */
        export: absolute.optional(),
        /** Tells the owner's chats of a checkpoint, once a day at most where little happens. */
        announce: z.boolean().default(true),
      })
      .prefault({}),
    /** `/metrics` for Prometheus, on the gateway’s own port of this machine, for a program with a token. */
    metrics: z.strictObject({ enabled: z.boolean().default(false) }).prefault({}),
    gateway: gatewaySchema,
    webhooks: webhooksSchema,
    /** The ground that colours of the terminal UI are made for; `auto`: as the terminal says, or for both. */
    ui: z.strictObject({ theme: z.enum(['auto', 'dark', 'light']).default('auto') }).prefault({}),
    log: z
      .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') })
      .prefault({}),
  })
  .superRefine(({ jails, private: paths }, context) => {
    // A jail's name with a slip of the pen would leave the path open without a word.
    for (const [at, path] of paths.entries()) {
      const [jail, rest] = path.split(':');
      if (rest === undefined || jails.some(({ name: known }) => known === jail)) continue;
      context.addIssue({
        code: 'custom',
        path: ['private', at],
        message: 'a path in a jail that is there',
      });
    }
  })
  .superRefine(({ jails }, context) => {
    const twice = jails.findIndex((one, i) => jails.findIndex((j) => j.name === one.name) < i);
    if (twice < 0) return;
    context.addIssue({
      code: 'custom',
      path: ['jails', twice, 'name'],
      message: 'a name that no other jail has',
    });
  })
  .superRefine((config, context) => {
    for (const { path, message } of userFaults(config, editionFacts[config.edition]))
      context.addIssue({ code: 'custom', path: [...path], message });
  })
  .transform((config) => ({ ...config, retention: keptIn(config.edition, config.retention) }));

/** What a person writes: defaults may be left out. */
export type ConfigFile = z.input<typeof configSchema>;

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The settings of a profile, complete, checked and frozen. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;
