import { statSync } from 'node:fs';
import { join } from 'node:path';
import { clockTime } from '../../base/clock.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import { diskRoom } from '../../config/disk.ts';
import { findToolchains } from '../../jail/toolchains.ts';
import type { Cli } from '../cli.ts';
import { whoRuns } from '../gateway.ts';
import { bad, type Finding, good, note } from './finding.ts';

export function findNode(): readonly Finding[] {
  return [good('node', `${process.versions.node} at ${process.execPath}`)];
}

/** What of the owner's own programs commands in jails are shown. */
export function findTools({ env, paths }: Cli): readonly Finding[] {
  const shown = findToolchains({
    path: env.path,
    home: env.home,
    uid: process.getuid?.() ?? 0,
    apart: [paths.config, paths.data, paths.state],
  });
  return [good('tools', shown.map(visible).join(', ') || 'jails have the programs of the system')];
}

/** Files of the profile that others on this machine could open. */
export function openFiles({ paths, env }: Pick<Cli, 'paths' | 'env'>): readonly string[] {
  if (env.platform === 'win32') return [];
  const secrets = ['secrets.json', 'secrets.key'].map((name) => join(paths.secrets, name));
  return [paths.configFile, paths.database, ...secrets].filter((file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() === true && (found.mode & 0o077) !== 0;
  });
}

export function findPermissions(cli: Cli): readonly Finding[] {
  if (cli.env.platform === 'win32') return [];
  const open = openFiles(cli);
  if (open.length === 0) return [good('files', 'nobody else may open them')];
  return open.map((file) =>
    bad('files', `others may open ${visible(file)}`, `chmod 600 ${shellWord(file)}`),
  );
}

export function findDisk({ paths }: Cli): readonly Finding[] {
  const { freeBytes, enough } = diskRoom(paths.data);
  const words = `${Math.round(freeBytes / 1024 / 1024)} MB free`;
  return enough
    ? [good('disk', words)]
    : [
        bad(
          'disk',
          `only ${words} where atom keeps its data`,
          `Make room:   df -h ${shellWord(paths.data)}`,
        ),
      ];
}

export async function findGateway(cli: Cli): Promise<readonly Finding[]> {
  const running = await whoRuns(cli);
  if (running === undefined) return [note('gateway', 'not running', 'Start it:   atom start')];
  const { pid, startedAt } = running;
  return [good('gateway', `running since ${clockTime(startedAt)} (pid ${pid})`)];
}
