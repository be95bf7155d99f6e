import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { exitOf, look, report } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/finding.ts';
import { configLook, filesLook, type Look } from '../doctor/looks.ts';
import { gatewayLook, skillsLook } from '../doctor/running-looks.ts';
import { databaseLook, secondFactorLook } from '../doctor/stored-looks.ts';
import { isEnrolled } from '../second-factor/offline.ts';
import { findKept } from './find-kept.ts';
import { settingsFindings } from './settings.ts';
import { userFindings } from './user.ts';
import { channelFindings } from './weak-channels.ts';

/** What says how open a profile is, after what these need. */
const LOOKS: readonly Look[] = [
  configLook,
  databaseLook,
  gatewayLook,
  {
    name: 'user',
    find: ({ env }) => (env.platform === 'win32' ? [] : userFindings(process.getuid?.())),
  },
  { name: 'port', find: findSettings, needs: ['settings'] },
  { name: 'channel', find: findChannels, needs: ['settings', 'database'] },
  { name: 'standing', find: findKept, needs: ['database'] },
  skillsLook,
  filesLook,
  secondFactorLook,
];

/** Says how open this profile is, with the command that closes each door. Resolves to the exit code. */
export async function securityAudit(cli: Cli): Promise<number> {
  const findings = await look(cli, LOOKS);
  report(cli, findings);
  return exitOf(findings);
}

async function findSettings({ paths, env }: Cli): Promise<readonly Finding[]> {
  return settingsFindings(await loadConfig(paths, env), env.home);
}

async function findChannels(cli: Cli): Promise<readonly Finding[]> {
  const { channels } = await loadConfig(cli.paths, cli.env);
  return channelFindings(channels, await isEnrolled(cli));
}
