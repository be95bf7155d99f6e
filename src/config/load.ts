import type { Env } from './env.ts';
import { readConfig } from './file.ts';
import type { Paths } from './paths.ts';
import type { Config } from './schema.ts';

/**
 * The settings that hold: the file and the environment, frozen. A token in the environment turns
 * Telegram on unless the file turns it off; ids in the environment join the allowlist; ATOM_LOG
 * outranks `log.level`, and PORT `webhooks.port`. Throws AtomError `config`.
 */
export async function loadConfig(paths: Paths, env: Env): Promise<Config> {
  return withEnv(await readConfig(paths), env);
}

/** The same, of settings already read. */
export function withEnv(config: Config, env: Env): Config {
  const telegram = telegramOf(config, env);
  return Object.freeze({
    ...config,
    channels: Object.freeze({
      ...config.channels,
      ...(telegram === undefined ? {} : { telegram }),
    }),
    webhooks: Object.freeze({
      ...config.webhooks,
      ...(env.port === undefined ? {} : { port: env.port }),
    }),
    log: Object.freeze({ level: env.logLevel ?? config.log.level }),
  });
}

type Telegram = NonNullable<Config['channels']['telegram']>;

function telegramOf({ channels }: Config, env: Env): Telegram | undefined {
  const inFile = channels.telegram;
  if (inFile === undefined && env.secrets.TELEGRAM_BOT_TOKEN === undefined) return undefined;
  const base = inFile ?? ({ enabled: true, mode: 'polling', allow: [] } as const);
  const allow = Object.freeze([...new Set([...base.allow, ...env.telegramAllow])]);
  return Object.freeze({ ...base, allow });
}
