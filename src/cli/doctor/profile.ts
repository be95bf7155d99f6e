import { readConfig } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { bad, type Finding, good } from './finding.ts';
import { openFiles } from './machine.ts';

/** Whether there are settings, and they say what can be understood. */
export async function findConfig(cli: Cli): Promise<readonly Finding[]> {
  const { paths } = cli;
  if (openFiles(cli).includes(paths.configFile))
    return [
      bad(
        'config',
        'not read while others may open it, see files',
        'Close it:   atom doctor --fix',
      ),
    ];
  await readConfig(paths);
  return [good('config', paths.configFile)];
}

/** Where keys and tokens are kept, and whether the place gives them. */
export async function findSecrets(cli: Cli): Promise<readonly Finding[]> {
  const secrets = openSecrets(cli);
  const [{ words }, kept] = [await secrets.where(), await secrets.list()];
  const names = kept.map(({ name, where }) => `${name} (${where})`).join(', ') || 'none yet';
  // A keychain that is locked still has its names; only asking for a value tells.
  for (const { name } of kept.filter(({ where }) => where === 'keychain')) await secrets.get(name);
  return [good('secrets', `kept in ${words}: ${names}`)];
}
