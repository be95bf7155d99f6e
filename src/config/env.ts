import { homedir, tmpdir } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';
import { AtomError } from '../base/errors.ts';
import type { LogLevel } from '../base/log.ts';
import { type Theme, themeFrom } from '../base/theme.ts';

/** Variables that hold secrets. They are read once and then leave the environment. */
export const secretVariables = [
  'TELEGRAM_BOT_TOKEN',
  'DISCORD_BOT_TOKEN',
  'DISCORD_WEBHOOK_URL',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'TWILIO_AUTH_TOKEN',
  'CLOUD_API_ACCESS_TOKEN',
  'M4D_APP_SECRET',
  'WEBHOOK_VERIFICATION_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
] as const;
export type SecretVariable = (typeof secretVariables)[number];

/** Everything atom takes from its environment, read once and frozen. */
export interface Env {
  readonly platform: NodeJS.Platform;
  readonly profile: string;
  readonly home: string;
  readonly temporary: string;
  readonly folders: EnvFolders;
  /** Folders of programs: PATH, without what is no absolute path. */
  readonly path: readonly string[];
  readonly logLevel?: LogLevel;
  readonly color: 'auto' | 'always' | 'never';
  readonly term: string;
  /** From ATOM_THEME (`dark`, `light`), or what the terminal says of its ground. */
  readonly theme: Theme;
  readonly ci: boolean;
  /** True where a screen reader asked for text that is not redrawn. */
  readonly screenReader: boolean;
  readonly reducedMotion: boolean;
  /** True where a keychain may answer: always but on a Linux without a session bus. */
  readonly sessionBus: boolean;
  readonly secrets: Readonly<Partial<Record<SecretVariable, string>>>;
  /** Numeric Telegram ids from TELEGRAM_ALLOWED_USER_IDS (separated by commas or spaces). */
  readonly telegramAllow: readonly string[];
  /** From NODE_EXTRA_CA_CERTS: a file that Node reads in the background while it starts. */
  readonly certificates?: string;
  /** From VISUAL or else EDITOR: a program with its options. */
  readonly editor?: string;
  /** From PORT, which hosts of programs set: where webhooks are listened for. */
  readonly port?: number;
}

/** Folders named by the environment; the rest is filled in by `pathsFor`. */
export interface EnvFolders {
  readonly atomConfig?: string;
  readonly atomState?: string;
  readonly xdgConfig?: string;
  readonly xdgData?: string;
  readonly xdgState?: string;
  readonly xdgRuntime?: string;
  readonly appData?: string;
  readonly localAppData?: string;
}

const PROFILE = /^[a-z0-9][a-z0-9_-]{0,31}$/;
const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error'];

/**
 * Reads the environment and takes the secrets out of it, so that no child process can inherit them.
 * Call it once in a process: a second call finds no secrets. Throws AtomError `config` where a
 * variable makes no sense.
 */
export function readEnv(): Env {
  const of = (name: string): string | undefined => process.env[name]?.trim() || undefined;
  const certificates = of('NODE_EXTRA_CA_CERTS');
  const editor = of('VISUAL') ?? of('EDITOR');
  const env: Env = {
    platform: process.platform,
    profile: checkProfile(of('ATOM_PROFILE') ?? 'default'),
    home: absoluteBase('HOME', homedir()),
    temporary: tmpdir(),
    folders: readFolders(of),
    path: Object.freeze((of('PATH') ?? '').split(delimiter).filter(isAbsolute)),
    ...readLevel(of('ATOM_LOG')),
    color: readColor(of),
    term: of('TERM') ?? '',
    theme: readTheme(of),
    ci: of('CI') !== undefined && of('CI') !== 'false',
    screenReader: of('INK_SCREEN_READER') === 'true',
    reducedMotion: of('ATOM_REDUCED_MOTION') !== undefined,
    sessionBus: process.platform !== 'linux' || of('DBUS_SESSION_BUS_ADDRESS') !== undefined,
    secrets: Object.freeze(takeSecrets(of)),
    telegramAllow: readAllowlist(of('TELEGRAM_ALLOWED_USER_IDS')),
    ...(certificates && { certificates }),
    ...(editor && { editor }),
    ...readPort(of('PORT')),
  };
  return Object.freeze(env);
}

/** Ink decides at import whether it may draw, from CI; a person at a terminal outranks that. */
export function forgetCi(): void {
  delete process.env.CI;
}

/** The environment of the gateway's own process: this one's, with the secrets put back. */
export const gatewayEnvironment = (env: Env): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  ),
  ...env.secrets,
  ATOM_PROFILE: env.profile,
});

/** The profile's name, or AtomError `usage`. */
export function checkProfile(name: string): string {
  if (PROFILE.test(name)) return name;
  throw new AtomError('usage', `"${name}" cannot be the name of a profile`, {
    next: ['Use up to 32 of a–z, 0–9, - and _, starting with a letter or a digit.'],
  });
}

type Read = (name: string) => string | undefined;

const present = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

/** A profile is the same from wherever atom is called. Throws AtomError `config`. */
function absoluteBase(name: string, path: string): string {
  if (isAbsolute(path)) return path;
  throw new AtomError('config', `${name} is "${path}", which is no absolute path`, {
    next: [`Set it to one, such as ${name}="$PWD/${path}"`],
  });
}

function readFolders(of: Read): EnvFolders {
  const own = (name: string): string | undefined => {
    const path = of(name);
    return path && absoluteBase(name, path);
  };
  // The XDG Base Directory Specification has what is no absolute path ignored.
  const xdg = (name: string): string | undefined =>
    isAbsolute(of(name) ?? '') ? of(name) : undefined;
  return present({
    atomConfig: own('ATOM_CONFIG_DIR'),
    atomState: own('ATOM_STATE_DIR'),
    xdgConfig: xdg('XDG_CONFIG_HOME'),
    xdgData: xdg('XDG_DATA_HOME'),
    xdgState: xdg('XDG_STATE_HOME'),
    xdgRuntime: xdg('XDG_RUNTIME_DIR'),
    appData: of('APPDATA'),
    localAppData: of('LOCALAPPDATA'),
  }) as EnvFolders;
}

function readLevel(level: string | undefined): { readonly logLevel?: LogLevel } {
  if (level === undefined) return {};
  if (LEVELS.includes(level)) return { logLevel: level as LogLevel };
  throw new AtomError('config', `ATOM_LOG is "${level}"`, {
    next: [`Set it to one of ${LEVELS.join(', ')}, or unset it.`],
  });
}

function readPort(text: string | undefined): { readonly port?: number } {
  if (text === undefined) return {};
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return { port: Number(text) };
  throw new AtomError('config', `PORT is "${text}", which is no port`, {
    next: ['Set it to a number, such as PORT=9000, or unset it.'],
  });
}

/** Whether colours are wished for, also where the rest of the environment makes no sense. */
export const readColorWish = (): Env['color'] =>
  readColor((name) => process.env[name]?.trim() || undefined);

function readColor(of: Read): Env['color'] {
  if (of('NO_COLOR') !== undefined || of('ATOM_NO_COLOR') !== undefined) return 'never';
  const forced = of('FORCE_COLOR');
  return forced !== undefined && forced !== '0' ? 'always' : 'auto';
}

function readTheme(of: Read): Theme {
  const named = of('ATOM_THEME') ?? 'auto';
  if (named === 'dark' || named === 'light') return named;
  if (named === 'auto') return themeFrom(of('COLORFGBG'));
  throw new AtomError('config', `ATOM_THEME is "${named}"`, {
    next: ['Set it to auto, dark or light, or unset it.'],
  });
}

function takeSecrets(of: Read): Partial<Record<SecretVariable, string>> {
  const taken: Partial<Record<SecretVariable, string>> = {};
  for (const name of secretVariables) {
    const value = of(name);
    if (value !== undefined) taken[name] = value;
    delete process.env[name];
  }
  return taken;
}

function readAllowlist(text: string | undefined): readonly string[] {
  const ids = (text ?? '').split(/[\s,]+/).filter((id) => id !== '');
  const wrong = ids.find((id) => !/^\d+$/.test(id));
  if (wrong === undefined) return Object.freeze(ids);
  throw new AtomError('config', `TELEGRAM_ALLOWED_USER_IDS holds "${wrong}", which is no user id`, {
    next: ['Give numeric ids, separated by commas: TELEGRAM_ALLOWED_USER_IDS=5012233,5012234'],
  });
}
