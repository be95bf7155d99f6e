import { findLibrary } from '../../channels/whatsapp/library.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { packageFolder } from '../version.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** Whether each channel has what it needs. Nothing is sent to it. */
export async function findChannels(cli: Cli): Promise<readonly Finding[]> {
  const { telegram, whatsapp } = (await loadConfig(cli.paths, cli.env)).channels;
  const found = [
    ...(telegram?.enabled ? await findTelegram(cli, telegram) : []),
    ...(whatsapp?.enabled ? findWhatsApp(cli, whatsapp) : []),
  ];
  return found.length === 0 ? [good('channels', 'this terminal')] : found;
}

function findWhatsApp(
  { paths }: Cli,
  { allow }: { readonly allow: readonly string[] },
): readonly Finding[] {
  const add = 'atom channels add whatsapp';
  if (findLibrary({ packageFolder: packageFolder(), data: paths.data }) === undefined)
    return [bad('whatsapp', 'its library is not installed', `Install it:   ${add}`)];
  return allow.length === 0
    ? [note('whatsapp', 'nobody may write to it yet', `Name who may:   ${add} --allow <number>`)]
    : [good('whatsapp', `${allow.length} may write to it`)];
}

async function findTelegram(
  cli: Cli,
  telegram: { readonly allow: readonly string[] },
): Promise<readonly Finding[]> {
  const token = await openSecrets(cli).get('telegram.token');
  if (token === undefined) {
    return [bad('telegram', 'has no token', 'Store it:   atom secrets set telegram.token')];
  }
  return telegram.allow.length === 0
    ? [
        note(
          'telegram',
          'no owner is named in the settings',
          'Pair your phone:   atom pair telegram',
        ),
      ]
    : [good('telegram', `${telegram.allow.length} named as owners in the settings`)];
}
