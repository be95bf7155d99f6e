import { AtomError } from '../../base/errors.ts';
import { loadApi } from '../../channels/telegram/api.ts';
import { troubleOf } from '../../channels/telegram/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { TELEGRAM_HOOK } from '../../secrets/names.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, lacksKey, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Platform } from './platform.ts';
import { readChannel } from './settings.ts';
import { readToken } from './token.ts';
import { uncheckedError } from './unchecked.ts';

const ADD = 'atom channels add telegram';

/** Takes a bot's token, asks Telegram whose it is, and stores it. Returns what to do next. */
async function connect(cli: Cli): Promise<string> {
  const question = 'Token from @BotFather (not shown): ';
  const token = await readToken(cli, { command: ADD, question });
  if (token === '') throw new AtomError('usage', 'No token was given.');
  const { apiRoot } = (await readChannel(cli, 'telegram')) ?? {};
  const name = await nameOf({ token, ...(typeof apiRoot === 'string' ? { apiRoot } : {}) });
  await openSecrets(cli).set('telegram.token', token);
  cli.out.say(`Telegram says that the token is good: it is @${name}.`);
  return 'Then:   atom start, and write to the bot';
}

/** The bot's name, by asking Telegram. Throws AtomError `credentials` where the token is not good, `unavailable` where Telegram is not reached. */
export async function nameOf(access: {
  readonly token: string;
  readonly apiRoot?: string;
}): Promise<string> {
  try {
    return (await (await loadApi(access)).getMe()).username;
  } catch (thrown) {
    const { kind, words } = troubleOf(thrown, access.token);
    throw uncheckedError(kind === 'answer' ? 'refused' : 'unreached', words, {
      what: 'The token',
      renew: 'Copy it again from @BotFather',
      command: ADD,
    });
  }
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const { allow = [], mode } = channels.telegram ?? {};
  const token = await openSecrets(cli).get('telegram.token');
  if (token === undefined) {
    return [lacksKey('telegram', 'has no token', 'Store it:   atom secrets set telegram.token')];
  }
  if (mode === 'webhook' && webhooks.publicUrl === undefined)
    return [
      bad(
        'telegram',
        'Telegram cannot reach it: it has no public address',
        'Say which:   atom config set webhooks.publicUrl https://…',
      ),
    ];
  return allow.length === 0
    ? [
        note(
          'telegram',
          'no owner is named in the settings',
          'Pair your phone:   atom pair telegram',
        ),
      ]
    : [good('telegram', `${allow.length} named as owners in the settings`)];
}

async function forget(cli: Cli): Promise<string> {
  const secrets = openSecrets(cli);
  await secrets.remove('telegram.token');
  await secrets.remove(TELEGRAM_HOOK);
  return 'The bot itself stays with @BotFather. A running gateway lets it go at its next start.';
}

/** A bot of Telegram. */
export const telegram: Platform = { connect, forget, find };
