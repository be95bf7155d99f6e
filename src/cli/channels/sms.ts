import { AtomError } from '../../base/errors.ts';
import { callTwilio } from '../../channels/sms/twilio.ts';
import { loadConfig } from '../../config/load.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { bad, type Finding, good, lacksKey, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Platform } from './platform.ts';
import { uncheckedBy } from './unchecked.ts';

const CHECK_MS = 15_000;

/** Takes the account's token, tries it, and stores it. */
async function connect(cli: Cli): Promise<string> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const settings = channels.sms;
  if (settings === undefined) throw new AtomError('config', 'There are no settings for sms.');
  const token = process.stdin.isTTY ? await typed(cli) : (await readStdin()).trim();
  if (token === '') throw new AtomError('usage', 'No token was given.');
  const { accountSid, apiRoot } = settings;
  const access = { accountSid, token, ...(apiRoot !== undefined && { apiRoot }) };
  await callTwilio(access, { path: '' }, AbortSignal.timeout(CHECK_MS)).catch(refused);
  await openSecrets(cli).set('twilio.token', token);
  cli.out.say('Twilio says that the token is good.');
  const { publicUrl } = webhooks;
  return publicUrl === undefined
    ? 'Then say where Twilio reaches this machine:   atom config set webhooks.publicUrl https://…   (atom help webhooks)'
    : `Then enter at Twilio, for incoming messages:   ${publicUrl}/hooks/sms#rc=5&rp=all`;
}

function refused(thrown: unknown): never {
  throw uncheckedBy('Twilio', thrown, {
    what: 'The token',
    renew: 'Copy it again from console.twilio.com',
    command: 'atom channels add sms',
  });
}

async function typed(cli: Cli): Promise<string> {
  requirePerson(
    cli,
    'The token of the account is needed',
    'Pipe it in:   atom channels add sms < file',
  );
  const asker = createAsker();
  try {
    return await asker.hidden('Auth token from console.twilio.com (not shown): ');
  } finally {
    asker.close();
  }
}

async function forget(cli: Cli): Promise<string> {
  await openSecrets(cli).remove('twilio.token');
  return 'The number stays with Twilio: take the address of its webhook out there.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  if ((await openSecrets(cli).get('twilio.token')) === undefined)
    return [lacksKey('sms', 'has no token', 'Store it:   atom channels add sms')];
  if (webhooks.publicUrl === undefined)
    return [
      bad(
        'sms',
        'Twilio cannot reach it: it has no public address',
        'Say which:   atom config set webhooks.publicUrl https://…',
      ),
    ];
  const { length } = channels.sms?.allow ?? [];
  return length === 0
    ? [note('sms', 'no owner is named in the settings', 'Pair your phone:   atom pair sms')]
    : [good('sms', `${length} named as owners in the settings`)];
}

/** SMS by an account at Twilio. */
export const sms: Platform = { connect, forget, find };
