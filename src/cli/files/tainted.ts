import { lstatSync } from 'node:fs';
import type { TaintedPath } from '../../domain/taint.ts';
import { whyTainted } from '../../domain/taint.ts';
import { taintedPaths } from '../../governance/labels/trust-files.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { readRecord } from '../record.ts';

/** What of the files that are there counts as strangers' words or as private; asks no gateway. */
export async function listTainted(cli: Cli): Promise<void> {
  const all = (await readRecord(cli, taintedPaths)) ?? [];
  const tainted = all.filter(({ path }) => kindOf(path) !== undefined);
  if (cli.out.json) return cli.out.object({ tainted });
  if (tainted.length === 0) return cli.out.say('No file counts as strangers’ words.');
  for (const line of table([['WHY', 'SINCE', 'PATH'], ...tainted.map(rowOf)])) cli.out.data(line);
  cli.out.hint('Look at one, and if you stand by what it says:   atom files trust <path>');
}

/** A line for one path: why, since when where that is known, and where. A folder ends with a slash. */
export const rowOf = (one: TaintedPath): readonly string[] => [
  whyTainted(one),
  one.run === undefined
    ? ''
    : new Date(one.run.begunAt).toISOString().slice(0, 16).replace('T', ' '),
  kindOf(one.path) === 'folder' ? `${one.path}/` : one.path,
];

function kindOf(path: string): 'folder' | 'file' | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats && (stats.isDirectory() ? 'folder' : 'file');
}
