import { AtomError } from '../../base/errors.ts';
import { callsWith } from '../../channels/slack/api.ts';
import { introduce } from '../../channels/slack/me.ts';
import { loadConfig } from '../../config/load.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { bad, type Finding, good, lacksKey, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Platform } from './platform.ts';
import { uncheckedBy } from './unchecked.ts';

const ADD = 'atom channels add slack';
const CHECK_MS = 15_000;

/** What each way needs beside the bot's token. */
const SECOND = {
  socket: { name: 'slack.app', begins: 'xapp-', label: 'App-level token (xapp-…, not shown): ' },
  webhook: { name: 'slack.signing', begins: '', label: 'Signing secret (not shown): ' },
} as const;

/** Takes the tokens of an app, asks Slack whose they are, and stores them. */
async function connect(cli: Cli): Promise<string> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const { mode = 'socket', apiRoot } = channels.slack ?? {};
  const second = SECOND[mode];
  const [bot = '', other = ''] = process.stdin.isTTY
    ? await typed(cli, ['Bot token (xoxb-…, not shown): ', second.label])
    : (await readStdin()).split('\n').map((line) => line.trim());
  if (!bot.startsWith('xoxb-') || other === '' || !other.startsWith(second.begins))
    throw new AtomError('usage', `Two are needed: the bot's token (xoxb-…) and ${second.name}.`, {
      next: [`What an app needs:   atom help slack`],
    });
  const place = apiRoot === undefined ? {} : { apiRoot };
  const me = await introduce(
    callsWith({ ...place, botToken: bot }),
    AbortSignal.timeout(CHECK_MS),
  ).catch(refused);
  if (mode === 'socket')
    await callsWith({ ...place, botToken: other })(
      'apps.connections.open',
      {},
      AbortSignal.timeout(CHECK_MS),
    ).catch(refused);
  const secrets = openSecrets(cli);
  await secrets.set('slack.bot', bot);
  await secrets.set(second.name, other);
  cli.out.say(`Slack says that the tokens are good: it is @${me.name} in ${me.teamName}.`);
  if (mode === 'socket') return 'Then:   atom start, and write to the app';
  return `Then enter at Slack, for events, interactivity and the command /atom:   ${webhooks.publicUrl ?? 'https://…'}/hooks/slack`;
}

function refused(thrown: unknown): never {
  throw uncheckedBy('Slack', thrown, {
    what: 'The tokens',
    renew: 'Copy them again from api.slack.com/apps',
    command: ADD,
  });
}

async function typed(cli: Cli, labels: readonly string[]): Promise<readonly string[]> {
  requirePerson(
    cli,
    'The tokens of the app are needed',
    `Pipe both in, a line each:   ${ADD} < file`,
  );
  const asker = createAsker();
  try {
    const told: string[] = [];
    for (const label of labels) told.push((await asker.hidden(label)).trim());
    return told;
  } finally {
    asker.close();
  }
}

async function forget(cli: Cli): Promise<string> {
  const secrets = openSecrets(cli);
  for (const name of ['slack.bot', 'slack.app', 'slack.signing']) await secrets.remove(name);
  return 'The app stays in the workspace: remove it there, under Manage apps.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const { mode = 'socket', allow = [] } = channels.slack ?? {};
  const secrets = openSecrets(cli);
  const kept = await Promise.all(['slack.bot', SECOND[mode].name].map((name) => secrets.get(name)));
  if (kept.includes(undefined)) return [lacksKey('slack', 'has no tokens', `Store them:   ${ADD}`)];
  if (mode === 'webhook' && webhooks.publicUrl === undefined)
    return [
      bad(
        'slack',
        'Slack cannot reach it: it has no public address',
        'Say which:   atom config set webhooks.publicUrl https://…',
      ),
    ];
  return allow.length === 0
    ? [note('slack', 'no owner is named in the settings', 'Pair yourself:   atom pair slack')]
    : [good('slack', `${allow.length} named as owners in the settings`)];
}

/** An app in a workspace of Slack. */
export const slack: Platform = { connect, forget, find };
