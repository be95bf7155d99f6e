import { actionNames } from '../../domain/action-names.ts';
import { alertFormats, alertKinds } from '../../domain/alert.ts';
import { grantable } from '../../domain/caller.ts';
import { wakeKinds } from '../../domain/errand.ts';
import { noticeEvents } from '../../domain/notice.ts';
import { roles } from '../../domain/role.ts';
import { PRICES } from '../../llm/prices.ts';
import { variables } from '../../secrets/names.ts';
import { topicNames } from '../about/topics.ts';
import { entryKinds } from '../audit/kinds.ts';
import { platformNames } from '../channels/platforms.ts';
import type { Known, Values } from './words.ts';

const models: Values = [
  'offline',
  ...Object.entries(PRICES).flatMap(([provider, of]) =>
    Object.keys(of).map((model) => `${provider}/${model}`),
  ),
];

const options: Known['options'] = {
  '-p, --profile <name>': ['@profiles'],
  '--agent <name>': ['@agents'],
  '--asked-by <names>': ['@agents'],
  '--wakes <kinds>': [...wakeKinds, 'nothing'],
  '--jail <name>': ['@jails'],
  '--jails <names>': ['@jails'],
  '--workspace <jail>': ['@jails'],
  '--read <jail>': ['@jails'],
  '--write <jail>': ['@jails'],
  '--skills <names>': ['@skills'],
  '--user <name>': ['@users'],
  '--channel <name>': ['@channels'],
  '--to <channel>': ['@channels'],
  '--model <model>': models,
  '--fallback <model>': models,
  '--scopes <scopes>': grantable,
  '--action <name>': actionNames,
  '--format <format>': alertFormats,
  'alerts add --events <kinds>': alertKinds,
  'notify add --events <kinds>': noticeEvents,
  'audit list --kind <kind>': entryKinds,
};

/** The same first argument for some commands of a group. */
const each = (group: string, verbs: string, values: Values): Known['args'] =>
  Object.fromEntries(verbs.split(' ').map((verb) => [`${group} ${verb}`, [values]]));

const args = (commands: Values, shells: Values): Known['args'] => ({
  pair: [['@channels']],
  ...each('channels', 'add', [...platformNames, '@modules']),
  ...each('channels', 'login', ['whatsapp', 'signal']),
  ...each('channels', 'test reopen remove', ['@channels']),
  'senders role': [[], roles],
  ...each('agents', 'show message set promote demote pause resume training', ['@agents']),
  ...each('jails', 'show set remove check', ['@jails']),
  ...each('users', 'show set identify remove', ['@users']),
  ...each('skills', 'info test check approve enable disable remove run', ['@skills']),
  ...each('mcp', 'test approve call remove', ['@mcp']),
  'mcp classify': [['@mcp'], [], ['1', '2', '3', '4']],
  ...each('rules', 'remove', ['@rules']),
  ...each('a2a', 'remove', ['@remotes']),
  ...each('alerts', 'test remove', ['@alerts']),
  ...each('notify', 'test remove', ['@notices']),
  ...each('models', 'use test', models),
  ...each('policy', 'check', actionNames),
  ...each('secrets', 'set remove', Object.keys(variables)),
  completion: [shells],
  help: [[...commands, ...topicNames]],
});

/** What is known of the values of atom's own command line, beyond what it checks by itself. */
export const knownOf = (commands: Values, shells: Values): Omit<Known, 'more'> => ({
  options,
  args: args(commands, shells),
});
