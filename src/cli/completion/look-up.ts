import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../../base/json.ts';
import { ownChannelsOf } from '../../config/paths.ts';
import { ownChannelName } from '../../domain/own-channel.ts';
import { openStore } from '../../store/open.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';

type Paths = Cli['paths'];
type LookUp = (paths: Paths, settings: Json) => Promise<readonly string[]> | readonly string[];

/** What is looked up while somebody types, from the files of the profile alone: no gateway is asked. */
const LOOK_UPS: Readonly<Record<string, LookUp>> = {
  profiles: ({ config }) => foldersIn(dirname(config)),
  agents: (paths) => agentNames(paths),
  jails: (_, settings) => named(at(settings, 'jails')),
  users: (_, settings) => keys(at(settings, 'users')),
  channels: (_, settings) => channelsIn(at(settings, 'channels')),
  modules: (paths) => foldersIn(ownChannelsOf(paths)),
  skills: ({ skills }) => [...foldersIn(join(packageFolder(), 'skills')), ...foldersIn(skills)],
  mcp: (_, settings) => named(at(settings, 'mcp')),
  rules: (_, settings) => named(at(settings, 'rules')),
  alerts: (_, settings) => named(at(settings, 'alerts')),
  notices: (_, settings) => named(at(settings, 'notify', 'notices')),
  remotes: (_, settings) => named(at(settings, 'channels', 'a2a', 'remotes')),
};

/** A shell takes these words as they are, so nothing else is handed to it. */
const HARMLESS = /^[A-Za-z0-9][\w.-]*$/;

/**
 * The names that there are of something, for a shell that completes a command line. Settings are not checked:
 * whoever types needs no word about them now. Nothing is said where something cannot be read.
 */
export async function namesOf(cli: Pick<Cli, 'paths'>, what: string): Promise<readonly string[]> {
  const lookUp = Object.hasOwn(LOOK_UPS, what) ? LOOK_UPS[what] : undefined;
  const found = (await lookUp?.(cli.paths, settingsOf(cli.paths))) ?? [];
  return [...new Set(found)].filter((name) => HARMLESS.test(name)).toSorted();
}

function settingsOf({ configFile }: Paths): Json {
  try {
    return JSON.parse(readFileSync(configFile, 'utf8').replace(/^\uFEFF/, '')) as Json;
  } catch {
    return {};
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

async function agentNames({ database }: Paths): Promise<readonly string[]> {
  try {
    const store = await openStore({ file: database, readOnly: true });
    const rows = await store.all('SELECT name FROM agent');
    await store.close();
    return rows.map(({ name }) => String(name));
  } catch {
    return [];
  }
}

const channelsIn = (channels: Json | undefined): readonly string[] => [
  ...keys(channels).filter((name) => name !== 'own'),
  ...keys(at(channels, 'own')).map(ownChannelName),
];

function at(root: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = root;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    here = (here as { readonly [key: string]: Json })[key];
  }
  return here;
}

const keys = (value: Json | undefined): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const named = (value: Json | undefined): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one) => {
        const name = at(one as Json, 'name');
        return typeof name === 'string' ? [name] : [];
      })
    : [];
