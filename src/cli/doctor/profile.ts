import { asAtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { readConfig } from '../../config/file.ts';
import { loadConfig } from '../../config/load.ts';
import type { JailSpec, JailStatus } from '../../domain/jail.ts';
import { checkJailFolder } from '../../jail/folder.ts';
import type { Cli } from '../cli.ts';
import { folderRules } from '../jails/folder.ts';
import { probeMachine } from '../jails/probe.ts';
import { openSecrets } from '../secrets/open.ts';
import { bad, type Finding, good, note } from './finding.ts';

export { findChannels } from './channels.ts';
export { findModel } from './models.ts';

export async function findConfig({ paths }: Cli): Promise<readonly Finding[]> {
  await readConfig(paths);
  return [good('config', paths.configFile)];
}

/** The mechanism, tried out, and each folder of this profile. */
export async function findJail(cli: Cli): Promise<readonly Finding[]> {
  const { jails } = await loadConfig(cli.paths, cli.env);
  return [
    ...mechanismFindings(await probeMachine(cli.env)),
    ...jails.map((jail) => findFolder(cli, jail)),
  ];
}

function mechanismFindings(status: JailStatus): readonly Finding[] {
  if (status.state === 'ready') {
    const warnings = status.warnings.map((warning) => note('jail', warning));
    return [good('jail', `${status.mechanism}, tried out`), ...warnings];
  }
  if (status.state === 'unavailable') {
    const fix = status.install === undefined ? [] : [`Install it:   ${status.install}`];
    return [bad('jail', `${status.reason} No command can run.`, ...fix)];
  }
  const lost = status.checks.filter(({ held }) => !held).map(({ name }) => name);
  return [bad('jail', `${status.mechanism} does not hold: ${lost.join(', ')}`)];
}

function findFolder(cli: Cli, { name, folder }: JailSpec): Finding {
  try {
    checkJailFolder(folderRules(cli), folder);
    return good('folder', `${name}: ${visible(folder)}`);
  } catch (refused) {
    const { code, message, next } = asAtomError(refused);
    const missing = code === 'not-found' ? [`mkdir -p ${shellWord(folder)}`] : next;
    return bad('folder', `${name}: ${message}`, ...missing);
  }
}

export async function findSecrets(cli: Cli): Promise<readonly Finding[]> {
  const secrets = openSecrets(cli);
  const [{ words }, kept] = [await secrets.where(), await secrets.list()];
  const names = kept.map(({ name, where }) => `${name} (${where})`).join(', ') || 'none yet';
  return [good('secrets', `kept in ${words}: ${names}`)];
}
