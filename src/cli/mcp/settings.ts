import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { readRaw, writeRaw } from '../../config/file.ts';
import type { McpServer } from '../../domain/mcp.ts';
import type { Cli } from '../cli.ts';

/** Writes the list anew. Throws AtomError `usage` for nonsense, `config` where there is no profile. */
export async function writeServers({ paths }: Cli, servers: readonly McpServer[]): Promise<void> {
  const raw = await readRaw(paths);
  if (raw === undefined)
    throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
      next: ['Set it up:   atom init'],
    });
  const next = { ...raw, mcp: servers as unknown as Json };
  const checked = checkConfig(next);
  const problems = checked.ok ? [] : checked.problems.filter(({ key }) => key.startsWith('mcp'));
  if (problems.length > 0)
    throw new AtomError('usage', problems.map(({ message }) => message).join('; '), {
      next: ['See what can be said:   atom help mcp'],
    });
  await writeRaw(paths, next);
}
