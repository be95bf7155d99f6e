import { AtomError } from '../../base/errors.ts';
import { readStdin } from '../ask/stdin.ts';
import type { Cli } from '../cli.ts';
import { checkFolder } from '../jails/folder.ts';
import type { Plan } from './plan.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the flags decide already. Reads a token or a key from stdin where a flag says so. */
export async function planFromFlags(cli: Cli, options: Options): Promise<Partial<Plan>> {
  const { jail, model, channel } = options;
  refuseNonsense(options);
  if (typeof jail === 'string') checkFolder(cli, jail);
  const piped =
    options.tokenStdin === true || options.apiKeyStdin === true
      ? await secretFromStdin()
      : undefined;
  return {
    ...(typeof jail === 'string' ? { folder: jail } : {}),
    ...(typeof model === 'string' ? { model } : {}),
    ...(options.apiKeyStdin === true && piped !== undefined ? { apiKey: piped } : {}),
    ...(channel === 'telegram' ? { telegram: telegramFrom(options, piped) } : {}),
  };
}

function telegramFrom(
  { allow, tokenStdin }: Options,
  piped: string | undefined,
): NonNullable<Plan['telegram']> {
  const ids = (allow ?? []) as readonly string[];
  return tokenStdin === true && piped !== undefined ? { allow: ids, token: piped } : { allow: ids };
}

function refuseNonsense({ tokenStdin, apiKeyStdin, model, channel, allow }: Options): void {
  const refuse = (message: string, next: string): never => {
    throw new AtomError('usage', message, { next: [next] });
  };
  if (tokenStdin === true && apiKeyStdin === true) {
    refuse('stdin can carry one secret', 'Store the other afterwards:   atom secrets set <name>');
  }
  if (apiKeyStdin === true && (model === undefined || model === 'offline')) {
    refuse('--api-key-stdin needs a model', 'Name it:   --model anthropic/<model>');
  }
  if ((tokenStdin === true || allow !== undefined) && channel !== 'telegram') {
    refuse('--token-stdin and --allow belong to Telegram', 'Add:   --channel telegram');
  }
}

async function secretFromStdin(): Promise<string> {
  const secret = (await readStdin()).trim();
  if (secret !== '' && !/\s/.test(secret)) return secret;
  throw new AtomError('usage', 'stdin should hold one key and nothing else', {
    next: ['For example:   atom init --yes --channel telegram --token-stdin < token.txt'],
  });
}
