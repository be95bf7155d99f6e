import { AtomError } from '../base/errors.ts';
import { isOwnChannel } from '../domain/own-channel.ts';

/** The environment variable that stands in for a stored secret, by the secret's name. */
export const variables = {
  'telegram.token': 'TELEGRAM_BOT_TOKEN',
  'discord.token': 'DISCORD_BOT_TOKEN',
  'alerts.discord': 'DISCORD_WEBHOOK_URL',
  'anthropic.key': 'ANTHROPIC_API_KEY',
  'slack.bot': 'SLACK_BOT_TOKEN',
  'slack.app': 'SLACK_APP_TOKEN',
  'slack.signing': 'SLACK_SIGNING_SECRET',
  'twilio.token': 'TWILIO_AUTH_TOKEN',
  'openai.key': 'OPENAI_API_KEY',
  'google.key': 'GOOGLE_GENERATIVE_AI_API_KEY',
  'openrouter.key': 'OPENROUTER_API_KEY',
  // As Meta's own examples call them.
  'whatsapp-cloud.token': 'CLOUD_API_ACCESS_TOKEN',
  'whatsapp-cloud.app-secret': 'M4D_APP_SECRET',
  'whatsapp-cloud.verify-token': 'WEBHOOK_VERIFICATION_TOKEN',
} as const;

/** The secret of the second factor. */
export const FACTOR_SECRET = '2fa.totp';
/** What the names of the keys that sign the record begin with; the key's id follows. */
export const RECORD_KEY = 'audit.';
/** The secret part of the key by which devices know the gateway. */
export const GATEWAY_KEY = 'gateway.key';

/** What the Cloud API of WhatsApp takes: a token, the app's secret, and a word for Meta to verify with. */
export const CLOUD_SECRETS = {
  token: 'whatsapp-cloud.token',
  app: 'whatsapp-cloud.app-secret',
  verify: 'whatsapp-cloud.verify-token',
} as const;

/** The address that alerts of a name are posted to. */
export const alertSecret = (name: string): string => `alerts.${name}`;

/** The key that everything WhatsApp's linked device keeps is sealed with. */
export const WHATSAPP_KEY = 'whatsapp.key';

/** What Telegram says along with what it brings by webhook. */
export const TELEGRAM_HOOK = 'telegram.webhook';

/** Names that begin so are atom's own: nobody stores or removes them by hand. */
const OWN: readonly string[] = ['2fa.', RECORD_KEY, 'gateway.', WHATSAPP_KEY, TELEGRAM_HOOK];

export const isOwnSecret = (name: string): boolean => OWN.some((own) => name.startsWith(own));

const OF_CHANNELS: Readonly<Record<string, string>> = {
  telegram: 'telegram',
  discord: 'discord',
  slack: 'slack',
  twilio: 'sms',
  'whatsapp-cloud': 'whatsapp-cloud',
  webhook: 'webhook',
};

/** The channel that reads a secret when it is opened; undefined where none does. */
export const channelOf = (name: string): string | undefined => {
  const [first = ''] = name.split('.');
  if (isOwnChannel(first)) return first;
  return Object.hasOwn(OF_CHANNELS, first) ? OF_CHANNELS[first] : undefined;
};

/** A second name of the same variable, where its provider has two. */
const alsoNamed = { 'google.key': 'GEMINI_API_KEY' } as const;

type Variable =
  | (typeof variables)[keyof typeof variables]
  | (typeof alsoNamed)[keyof typeof alsoNamed];
export type SecretEnv = Readonly<Partial<Record<Variable, string>>>;

/** The value that the environment holds for a secret. */
export function fromEnv(env: SecretEnv, name: string): string | undefined {
  const named = [variables, alsoNamed].flatMap((names: Readonly<Record<string, Variable>>) =>
    Object.hasOwn(names, name) ? (names[name] ?? []) : [],
  );
  return named.map((variable) => env[variable]).find((value) => value !== undefined);
}

/** The name itself, or AtomError `usage`. */
export function checkName(name: string): string {
  if (/^[a-z0-9.-]{1,64}$/.test(name)) return name;
  throw new AtomError(
    'usage',
    'That cannot be the name of a secret (and may be one, so it is not shown).',
    {
      next: ['Use a–z, 0–9, dots and dashes, such as telegram.token or anthropic.key.'],
    },
  );
}
