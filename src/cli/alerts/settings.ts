import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { AlertSettings } from '../../config/alerts-schema.ts';
import { checkConfig } from '../../config/check.ts';
import { readRaw, writeRaw } from '../../config/file.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';

export const readAlerts = async ({ paths, env }: Cli): Promise<readonly AlertSettings[]> =>
  (await loadConfig(paths, env)).alerts;

/** Writes the list anew. Throws AtomError `usage` for nonsense, `config` where there is no profile. */
export async function writeAlerts({ paths }: Cli, alerts: readonly AlertSettings[]): Promise<void> {
  const raw = await readRaw(paths);
  if (raw === undefined)
    throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
      next: ['Set it up:   atom init'],
    });
  const next = { ...raw, alerts: alerts as unknown as Json };
  const checked = checkConfig(next);
  const problems = checked.ok ? [] : checked.problems.filter(({ key }) => key.startsWith('alerts'));
  if (problems.length > 0)
    throw new AtomError('usage', problems.map(({ message }) => message).join('; '));
  await writeRaw(paths, next);
}
