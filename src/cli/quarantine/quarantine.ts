import { duration, systemClock } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import type { QuarantineEntry } from '../../domain/quarantine.ts';
import { dropKept, findKept, listKept, quarantineIn } from '../../jail/quarantine/kept.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';

/** What was moved out of the jails of this profile, the newest first. Asks no gateway. */
export async function listQuarantine({ paths, out }: Cli): Promise<void> {
  const entries = listKept(quarantineIn(paths)).map(plain);
  if (out.json) return out.object({ entries });
  if (entries.length === 0) return out.say('Nothing is in quarantine.');
  const now = systemClock.now();
  const rows = entries.map((entry) => rowOf(entry, now));
  for (const line of table([['ID', 'AGO', 'JAIL', 'WHAT'], ...rows])) out.data(line);
  out.hint('Look at one:   atom quarantine show <id>');
}

const rowOf = ({ id, at, jail, items }: QuarantineEntry, now: number): readonly string[] => {
  const [first, ...more] = items;
  const words = `${first?.path ?? ''}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  return [id, duration(now - at), jail, words];
};

/** One entry: what it is, where it was, and where it lies now. */
export async function showQuarantine({ paths, out }: Cli, id: string): Promise<void> {
  const root = quarantineIn(paths);
  const entry = plain(findKept(root, id));
  if (out.json) return out.object({ entry });
  out.data(`${entry.id}  from the jail ${visible(entry.jail)}, ${visible(entry.folder)}`);
  out.data(
    `moved ${new Date(entry.at).toISOString()}${entry.run ? ` after run ${visible(entry.run)}` : ''}`,
  );
  entry.items.forEach(({ path, kind }, index) => {
    out.data(`  ${kind}  ${visible(path)}   (${visible(root)}/${id}/${index})`);
  });
  out.hint(`Put it back, so that other programs run it:   atom quarantine restore ${id}`);
  out.hint(`Remove it for good:   atom quarantine drop ${id}`);
}

/** Removes an entry for good. */
export async function dropQuarantine({ paths, out }: Cli, id: string): Promise<void> {
  const dropped = plain(dropKept(quarantineIn(paths), id));
  if (out.json) return out.object({ dropped });
  out.say(`Removed ${dropped.items.map(({ path }) => visible(path)).join(', ')} for good.`);
}

/** Without what only the program needs. */
const plain = (entry: QuarantineEntry): QuarantineEntry => ({
  ...entry,
  items: entry.items.map(({ path, kind }) => ({ path, kind })),
});
