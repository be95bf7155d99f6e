import { AtomError } from '../../base/errors.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, refuseDangling, writeRaw } from '../../config/file.ts';
import { writtenJail } from '../../config/jail-schema.ts';
import type { Config } from '../../config/schema.ts';
import type { JailSpec } from '../../domain/jail.ts';
import type { Cli } from '../cli.ts';
import { makeJailFolder } from '../jails/folder.ts';
import { jailsOf, refuseWidening } from '../jails/save.ts';
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

/** The settings of a profile that nobody changed yet, without what its plan says. */
const FRESH: RawConfig = {
  version: 1,
  workspace: 'work',
  jails: [{ name: 'work', folder: '/', mode: 'read-write' }],
  channels: {},
};

/**
 * Writes a whole plan: first what can be refused, the configuration last, so that a profile exists
 * only once it is complete. What `before` says beside it stays. Throws AtomError.
 */
export async function writeProfile(
  cli: Cli,
  plan: Plan,
  before: RawConfig = FRESH,
): Promise<Written> {
  refuseDangling(cli.paths);
  const { jails, workspace } = valid(configOf(plan, '/', before));
  const others = jails.filter(({ name }) => name !== workspace);
  const { path } = makeJailFolder(cli, plan.folder, { mode: 'read-write', jails: others });
  const after = configOf(plan, path, before);
  await refuseWidening(cli, jailsOf(before), jailsOf(after));
  const secrets = await storeSecrets(cli, plan);
  await writeRaw(cli.paths, after);
  return {
    configFile: cli.paths.configFile,
    folder: path,
    model: plan.model,
    channels: ['terminal', ...(plan.telegram === undefined ? [] : ['telegram'])],
    secrets,
  };
}

/** The settings with what the plan says: its folder is that of the workspace. */
function configOf(plan: Plan, folder: string, before: RawConfig): RawConfig {
  const { workspace, jails } = valid(before);
  const isWork = ({ name }: JailSpec): boolean => name === workspace;
  const work: JailSpec = { name: workspace, folder, mode: 'read-write' };
  const moved = jails.map((jail) => (isWork(jail) ? { ...jail, folder } : jail));
  return {
    ...before,
    model: plan.model,
    workspace,
    jails: (jails.some(isWork) ? moved : [work, ...jails]).map(writtenJail),
    channels: channelsOf(plan, (before.channels ?? {}) as RawConfig),
  };
}

function channelsOf({ telegram }: Plan, before: RawConfig): RawConfig {
  if (telegram === undefined && before.telegram === undefined) return before;
  const said = telegram ? { enabled: true, allow: telegram.allow } : { enabled: false };
  return { ...before, telegram: { ...(before.telegram as RawConfig | undefined), ...said } };
}

function valid(draft: RawConfig): Config {
  const checked = checkConfig(draft);
  if (checked.ok) return checked.config;
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
