import { AtomError } from '../../base/errors.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, writeRaw } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { makeJailFolder } from '../jails/folder.ts';
import { openSecrets } from '../secrets/open.ts';
import { type Plan, providerOf } from './plan.ts';

export interface Written {
  readonly configFile: string;
  readonly folder: string;
  readonly model: string;
  readonly channels: readonly string[];
  /** Names of the keys that were stored. */
  readonly secrets: readonly string[];
}

/**
 * Writes a whole plan: first what can be refused, the configuration last, so that a profile exists
 * only once it is complete. Throws AtomError.
 */
export async function writeProfile(cli: Cli, plan: Plan): Promise<Written> {
  refuseInvalid(configOf(plan, '/'));
  const { path } = makeJailFolder(cli, plan.folder);
  const secrets = await storeSecrets(cli, plan);
  await writeRaw(cli.paths, configOf(plan, path));
  return {
    configFile: cli.paths.configFile,
    folder: path,
    model: plan.model,
    channels: ['terminal', ...(plan.telegram === undefined ? [] : ['telegram'])],
    secrets,
  };
}

function configOf({ model, telegram }: Plan, folder: string): RawConfig {
  return {
    version: 1,
    model,
    workspace: 'work',
    jails: [{ name: 'work', folder, mode: 'read-write' }],
    channels: telegram === undefined ? {} : { telegram: { enabled: true, allow: telegram.allow } },
  };
}

function refuseInvalid(draft: RawConfig): void {
  const checked = checkConfig(draft);
  if (checked.ok) return;
  throw new AtomError('usage', checked.problems.map(({ message }) => message).join('; '), {
    next: ['Nothing was written. See how it is used:   atom init --help'],
  });
}

async function storeSecrets(cli: Cli, plan: Plan): Promise<readonly string[]> {
  const wanted: readonly (readonly [string, string | undefined])[] = [
    [`${providerOf(plan.model)}.key`, plan.apiKey],
    ['telegram.token', plan.telegram?.token],
  ];
  const secrets = openSecrets(cli);
  const stored: string[] = [];
  for (const [name, value] of wanted) {
    if (value === undefined) continue;
    await secrets.set(name, value);
    stored.push(name);
  }
  return stored;
}

export function tellWritten({ out, paths }: Cli, written: Written): void {
  if (out.json) {
    out.object({ profile: paths.profile, ...written });
    return;
  }
  const { marks } = out.style;
  const kept = written.secrets.length === 0 ? [] : [`stored: ${written.secrets.join(', ')}`];
  out.say('');
  for (const line of [written.configFile, written.folder, ...kept]) {
    out.say(`     ${marks.yes} ${line}`);
  }
  out.say('     atom asks before it deletes, changes or sends anything.');
  out.hint('     Ready.   atom start');
}
