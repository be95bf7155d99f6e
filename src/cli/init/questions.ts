import { existsSync } from 'node:fs';
import { asAtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Asker, Choice } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { absolute, checkFolder } from '../jails/folder.ts';
import { findLocalServers } from '../models/local-servers.ts';
import { defaultPlan, type Plan } from './plan.ts';
import { sharedWords } from './shared-folder.ts';

export interface Asking {
  readonly cli: Cli;
  readonly asker: Asker;
}

type ModelAnswer = Pick<Plan, 'model' | 'apiKey'>;

/** Asks what the flags did not say. With a plan that is there already, Enter leaves it as it is. */
export async function askPlan(asking: Asking, given: Partial<Plan>, present?: Plan): Promise<Plan> {
  const { cli } = asking;
  const what = present === undefined ? 'Setting up' : 'Changing';
  cli.out.say(`${what} profile "${cli.paths.profile}".`);
  cli.out.say('Ctrl-C leaves; nothing is written until the end.');
  // Names, never values.
  const inEnv = Object.keys(cli.env.secrets);
  if (inEnv.length > 0) cli.out.say(`Found in the environment: ${inEnv.join(', ')}`);
  const folder = given.folder ?? (await askFolder(asking, present));
  const model =
    given.model === undefined ? await askModel(asking, present) : { model: given.model };
  const reach = given.telegram === undefined ? await askReach(asking, present) : {};
  return { ...given, folder, ...model, ...reach };
}

type Offer = Choice<string | undefined>;

/** What Enter leaves as it is, before everything else that can be chosen. */
const asItIs = (present: Offer | undefined, others: readonly Offer[]): readonly Offer[] =>
  present === undefined
    ? others
    : [
        { ...present, words: `${present.words} (as it is)` },
        ...others.filter(({ value }) => value !== present.value),
      ];

async function askFolder({ cli, asker }: Asking, present?: Plan): Promise<string> {
  const { folder } = defaultPlan(cli.paths.profile);
  const here = process.cwd();
  const state = async (path: string): Promise<string> => {
    const shared = await sharedWords(cli, path);
    const isNew = existsSync(absolute(cli.env, path)) ? undefined : 'new';
    const said = [isNew, shared].filter((words) => words !== undefined);
    return said.length === 0 ? '' : ` (${said.join(', ')})`;
  };
  const kept = present && { value: present.folder, words: visible(present.folder) };
  const choices = asItIs(kept, [
    { value: absolute(cli.env, folder), words: `${folder}${await state(folder)}` },
    ...(refusal(cli, here) === undefined
      ? [{ value: here, words: `this folder (${here})${await state(here)}` }]
      : []),
    { value: undefined, words: 'another…' },
  ]);
  for (;;) {
    const chosen = await asker.choice('1/3  Which folder may atom work in?', choices);
    const path = chosen ?? (await asker.line('     Folder: '));
    const refused = path === '' ? 'Name a folder.' : refusal(cli, path);
    if (refused !== undefined) {
      cli.out.say(`     ${refused}`);
      continue;
    }
    const shared = chosen === undefined ? await sharedWords(cli, path) : undefined;
    if (shared !== undefined) cli.out.say(`     It is ${shared}.`);
    return path;
  }
}

function refusal(cli: Cli, path: string): string | undefined {
  try {
    checkFolder(cli, path);
    return undefined;
  } catch (refused) {
    return asAtomError(refused).message;
  }
}

const OFFLINE = { value: 'offline', words: 'offline: answers now, no account, no network' };

async function askModel({ asker }: Asking, present?: Plan): Promise<ModelAnswer> {
  const servers = await findLocalServers();
  const offers: readonly Offer[] = [
    OFFLINE,
    ...servers.map(({ provider, words, models: [model = ''] }) => ({
      value: `${provider}/${model}`,
      words: `${visible(model)} on this machine (${words})`,
    })),
  ];
  const kept = present && { value: present.model, words: visible(present.model) };
  const choices = asItIs(offers.find(({ value }) => value === kept?.value) ?? kept, offers);
  const model = await asker.choice('2/3  Which model answers?', [
    ...choices,
    { value: undefined, words: 'a provider, with your key…' },
  ]);
  return model === undefined ? await askProvider(asker) : { model };
}

async function askProvider(asker: Asker): Promise<ModelAnswer> {
  const provider = await asker.choice('     Whose?', [
    { value: 'anthropic', words: 'Anthropic' },
    { value: 'openai', words: 'OpenAI' },
    { value: 'google', words: 'Google' },
    { value: 'openrouter', words: 'OpenRouter' },
  ]);
  let name = '';
  while (!/^\S+$/.test(name)) name = await asker.line('     Name of the model: ');
  const apiKey = await asker.hidden('     Key (not shown; Enter: store it later): ');
  return { model: `${provider}/${name}`, ...(apiKey === '' ? {} : { apiKey }) };
}

async function askReach({ asker }: Asking, present?: Plan): Promise<Pick<Plan, 'telegram'>> {
  const telegram = present?.telegram;
  const kept = telegram && { value: 'kept', words: 'this terminal and Telegram' };
  const reach = await asker.choice(
    '3/3  Where will you talk to atom?',
    asItIs(kept, [
      { value: 'terminal', words: 'this terminal' },
      { value: 'telegram', words: `this terminal and Telegram${kept ? ', by another bot' : ''}` },
    ]),
  );
  if (reach === 'terminal') return {};
  if (telegram !== undefined && reach === 'kept') return { telegram };
  const token = await asker.hidden('     Token from @BotFather (not shown; Enter: later): ');
  const id = await askId(asker);
  return { telegram: { allow: id === '' ? [] : [id], ...(token === '' ? {} : { token }) } };
}

async function askId(asker: Asker): Promise<string> {
  for (;;) {
    const id = await asker.line('     Your numeric Telegram id (Enter: later): ');
    if (/^\d*$/.test(id)) return id;
    process.stderr.write('     Digits only, such as 5012233.\n');
  }
}
