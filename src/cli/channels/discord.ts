import { AtomError } from '../../base/errors.ts';
import { LIBRARIES } from '../../channels/discord/facts.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, lacksKey, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import { identityOf } from './discord-identity.ts';
import { agreeToLibraries, dropLibraries, folderOf } from './libraries.ts';
import type { Platform } from './platform.ts';
import { readToken } from './token.ts';

const ALL = Object.values(LIBRARIES);
const LIBRARY_WORDS = [
  `Its libraries are ${ALL.map(({ name }) => name).join(', ')} (Apache-2.0). npm installs them into`,
  'the profile, with a dozen packages that they need. No script of theirs is run by npm.',
];
const ADD = 'atom channels add discord';

/** Installs the libraries where they are missing, takes a bot's token, and asks Discord whose it is. */
async function connect(cli: Cli): Promise<string> {
  const token = await tokenFor(cli);
  await agreeToLibraries(cli, { channel: 'discord', libraries: ALL, words: LIBRARY_WORDS });
  const { user, application } = await identityOf(cli, token, ADD);
  await openSecrets(cli).set('discord.token', token);
  cli.out.say(`Discord says that the token is good: it is @${user.username}.`);
  cli.out.say(`Invite it to a server of yours:   ${inviteTo(application)}`);
  return 'Then:   atom start, and   atom pair discord';
}

/** What is typed or piped in; else the one that is stored. */
async function tokenFor(cli: Cli): Promise<string> {
  const stored = await openSecrets(cli).get('discord.token');
  const kept = stored === undefined ? '' : ', Enter keeps the one that is stored';
  const question = `Token from the Developer Portal, under Bot (not shown${kept}): `;
  const token = (await readToken(cli, { command: ADD, question })) || stored;
  if (token !== undefined) return token;
  throw new AtomError('usage', 'No token was given.', { next: [`Pipe it in:   ${ADD} < file`] });
}

/** View channels, send messages, in threads too, attach files, read what was said. */
const PERMISSIONS = (1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 15n) | (1n << 16n);

const inviteTo = (application: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${PERMISSIONS}`;

async function find(cli: Cli): Promise<readonly Finding[]> {
  const allow = (await loadConfig(cli.paths, cli.env)).channels.discord?.allow ?? [];
  if (ALL.some((library) => folderOf(cli, 'discord', library) === undefined))
    return [bad('discord', 'its libraries are not installed', `Install them:   ${ADD}`)];
  if ((await openSecrets(cli).get('discord.token')) === undefined)
    return [lacksKey('discord', 'has no token', `Store it:   ${ADD}`)];
  return allow.length === 0
    ? [note('discord', 'no owner is named in the settings', 'Pair yourself:   atom pair discord')]
    : [good('discord', `${allow.length} named as owners in the settings`)];
}

async function forget(cli: Cli): Promise<string> {
  await openSecrets(cli).remove('discord.token');
  dropLibraries(cli, 'discord');
  return 'The bot itself stays in the Developer Portal. A running gateway lets it go at its next start.';
}

/** A bot of Discord. */
export const discord: Platform = { connect, forget, find };
