import { AtomError } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import { callGraph } from '../../channels/whatsapp-cloud/graph.ts';
import { loadConfig } from '../../config/load.ts';
import { CLOUD_SECRETS } from '../../secrets/names.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { bad, type Finding, good, lacksKey, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Platform } from './platform.ts';
import { uncheckedBy } from './unchecked.ts';

const CHECK_MS = 15_000;
const ADD = 'atom channels add whatsapp-cloud';

interface Given {
  readonly token: string;
  readonly appSecret: string;
}

/** Takes the token and the app's secret, tries them, and stores them with a word for Meta to verify with. */
async function connect(cli: Cli): Promise<string> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const settings = channels['whatsapp-cloud'];
  if (settings === undefined)
    throw new AtomError('config', 'There are no settings for whatsapp-cloud.');
  const given = process.stdin.isTTY ? await typed(cli) : twoLines(await readStdin());
  if (given.token === '' || given.appSecret === '')
    throw new AtomError('usage', 'The token or the secret of the app is missing.', {
      next: ['Pipe them in as two lines: the token, then the secret.'],
    });
  const { phoneNumberId, version, apiRoot } = settings;
  const access = { phoneNumberId, version, ...given, ...(apiRoot !== undefined && { apiRoot }) };
  await callGraph(access, { path: `/${phoneNumberId}` }, AbortSignal.timeout(CHECK_MS)).catch(
    refused,
  );
  const secrets = openSecrets(cli);
  const verify = (await secrets.get(CLOUD_SECRETS.verify)) ?? randomKey(16).toString('base64url');
  await secrets.set(CLOUD_SECRETS.token, given.token);
  await secrets.set(CLOUD_SECRETS.app, given.appSecret);
  await secrets.set(CLOUD_SECRETS.verify, verify);
  cli.out.say('Meta says that the token is good.');
  cli.out.say(`With atom running, enter in the app at Meta, under WhatsApp, Configuration:
  Callback URL   ${webhooks.publicUrl ?? 'https://…'}/hooks/whatsapp-cloud
  Verify token   ${verify}
and subscribe to: messages`);
  return webhooks.publicUrl === undefined
    ? 'First say where Meta reaches this machine:   atom config set webhooks.publicUrl https://…   (atom help webhooks)'
    : 'Then:   atom channels test whatsapp-cloud';
}

function refused(thrown: unknown): never {
  throw uncheckedBy('Meta', thrown, {
    what: 'The token',
    renew: 'Make one for a system user at business.facebook.com, then',
    command: ADD,
  });
}

async function typed(cli: Cli): Promise<Given> {
  requirePerson(
    cli,
    'A token and a secret are needed',
    `Pipe them in as two lines:   ${ADD} < file`,
  );
  const asker = createAsker();
  try {
    return {
      token: (await asker.hidden('Token of a system user (not shown): ')).trim(),
      appSecret: (await asker.hidden('Secret of the app (not shown): ')).trim(),
    };
  } finally {
    asker.close();
  }
}

function twoLines(text: string): Given {
  const [token = '', appSecret = ''] = text.split('\n').map((line) => line.trim());
  return { token, appSecret };
}

async function forget(cli: Cli): Promise<string> {
  for (const name of Object.values(CLOUD_SECRETS)) await openSecrets(cli).remove(name);
  return 'The number stays with Meta: take the callback URL out there.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const secrets = openSecrets(cli);
  for (const name of Object.values(CLOUD_SECRETS))
    if ((await secrets.get(name)) === undefined)
      return [lacksKey('whatsapp-cloud', `has no ${name}`, `Store it:   ${ADD}`)];
  if (webhooks.publicUrl === undefined)
    return [
      bad(
        'whatsapp-cloud',
        'Meta cannot reach it: it has no public address',
        'Say which:   atom config set webhooks.publicUrl https://…',
      ),
    ];
  const { length } = channels['whatsapp-cloud']?.allow ?? [];
  return length === 0
    ? [
        note(
          'whatsapp-cloud',
          'no owner is named in the settings',
          'Pair your phone:   atom pair whatsapp-cloud',
        ),
      ]
    : [good('whatsapp-cloud', `${length} named as owners in the settings`)];
}

/** A number of WhatsApp's Cloud API. */
export const whatsappCloud: Platform = { connect, forget, find };
