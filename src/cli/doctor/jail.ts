import { asAtomError } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { loadConfig } from '../../config/load.ts';
import type { JailSpec, JailStatus } from '../../domain/jail.ts';
import { checkJailFolder } from '../../jail/folder.ts';
import type { Cli } from '../cli.ts';
import { folderRules } from '../jails/folder.ts';
import { probeMachine } from '../jails/probe.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** The mechanism of this machine, tried out. */
export const findJail = async ({ env }: Cli): Promise<readonly Finding[]> =>
  jailFindings(await probeMachine(env));

/** The folder of each jail. */
export async function findFolders(cli: Cli): Promise<readonly Finding[]> {
  const { jails } = await loadConfig(cli.paths, cli.env);
  return jails.map((jail) => findFolder(cli, jail));
}

/** What a probe came to, and what of it held. */
export function jailFindings(status: JailStatus): readonly Finding[] {
  if (status.state === 'ready') {
    const { mechanism, checks, warnings } = status;
    const held = checks.map(({ name }) => name).join(', ');
    return [
      good('jail', `${mechanism}, ${checks.length} of ${checks.length} checks held: ${held}`),
      ...warnings.map(({ words, next }) => note('jail', words, next)),
    ];
  }
  if (status.state === 'unavailable') {
    const fix = status.install
      ? `Install it:   ${status.install}`
      : 'Look again:   atom jails check';
    return [{ ...bad('jail', `${status.reason} No command can run.`, fix), code: 'unavailable' }];
  }
  const lost = status.checks.filter(({ held }) => !held).map(({ name }) => name);
  const kept = `${status.checks.length - lost.length} of ${status.checks.length} checks held`;
  return [
    {
      ...bad(
        'jail',
        `${status.mechanism}, ${kept}, so no command runs. What did not hold: ${lost.join(', ')}`,
        'See what came of each:   atom jails check',
      ),
      code: 'blocked',
    },
  ];
}

function findFolder(cli: Cli, { name, folder }: JailSpec): Finding {
  try {
    checkJailFolder(folderRules(cli), folder);
    return good('folder', `${name}: ${visible(folder)}`);
  } catch (refused) {
    const { code, message, next } = asAtomError(refused);
    const missing = code === 'not-found' ? [`mkdir -p ${shellWord(folder)}`] : next;
    return { ...bad('folder', `${name}: ${message}`, ...missing), code };
  }
}
