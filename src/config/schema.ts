import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { rulesSchema } from './rule-schema.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'a short name of a–z, 0–9, - and _, such as work');
const model = z
  .string()
  .regex(/^(offline|[a-z0-9-]+\/\S+)$/, '"offline" or provider/model, such as anthropic/claude');
const url = z.url({ protocol: /^https?$/, error: 'an http or https address' });
const folder = z.string().refine(isAbsolute, 'an absolute path');

const jail = z.strictObject({
  name,
  folder,
  mode: z.enum(['read-only', 'read-write']).default('read-write'),
});

const telegram = z.strictObject({
  enabled: z.boolean().default(true),
  /** Numeric ids of the people who may talk to atom. */
  allow: z.array(z.string().regex(/^\d+$/, 'a numeric user id')).default([]),
  /** Another Bot API server, for those who run their own. */
  apiRoot: url.optional(),
});

const seconds = z.number().int().min(5).max(86_400);

/** What config.json may hold. Everything but `version` has a default; an unknown key is an error. */
export const configSchema = z
  .strictObject({
    version: z.literal(1),
    model: model.default('offline'),
    /** Name of the jail that commands run in when none is named. */
    workspace: name.default('work'),
    jails: z.array(jail).default([]),
    rules: rulesSchema.default([]),
    channels: z.strictObject({ telegram: telegram.optional() }).prefault({}),
    models: z.record(z.string(), z.strictObject({ baseUrl: url.optional() })).default({}),
    approvals: z
      .strictObject({
        expireSeconds: seconds.default(300),
        criticalSeconds: seconds.default(120),
      })
      .prefault({}),
    log: z
      .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') })
      .prefault({}),
  })
  .superRefine(({ jails }, context) => {
    const twice = jails.findIndex((one, i) => jails.findIndex((j) => j.name === one.name) < i);
    if (twice < 0) return;
    context.addIssue({
      code: 'custom',
      path: ['jails', twice, 'name'],
      message: 'a name that no other jail has',
    });
  });

/** What a person writes: defaults may be left out. */
export type ConfigFile = z.input<typeof configSchema>;

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The settings of a profile, complete, checked and frozen. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;
