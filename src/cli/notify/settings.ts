import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { readRaw, writeRaw } from '../../config/file.ts';
import { loadConfig } from '../../config/load.ts';
import type { NoticeSettings } from '../../config/notices-schema.ts';
import type { Cli } from '../cli.ts';

/** What the file says, with what it leaves out. */
export const readNotices = async ({ paths, env }: Cli): Promise<readonly NoticeSettings[]> =>
  (await loadConfig(paths, env)).notify.notices;

/** Writes the list anew. Throws AtomError `usage` for nonsense, `config` where there is no profile. */
export async function writeNotices(
  { paths }: Cli,
  notices: readonly { readonly [key: string]: unknown }[],
): Promise<void> {
  const raw = await readRaw(paths);
  if (raw === undefined)
    throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
      next: ['Set it up:   atom init'],
    });
  const before = (raw as { readonly notify?: { readonly [key: string]: Json } }).notify;
  const next = { ...raw, notify: { ...before, notices: notices as Json } };
  const checked = checkConfig(next);
  const problems = checked.ok ? [] : checked.problems.filter(({ key }) => key.startsWith('notify'));
  if (problems.length > 0)
    throw new AtomError('usage', problems.map(({ message }) => message).join('; '));
  await writeRaw(paths, next);
}
