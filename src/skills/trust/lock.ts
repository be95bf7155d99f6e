import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonical, type Json } from '../../base/json.ts';
import { checkPrivate } from '../../base/private-file.ts';
import { ensureFolder } from '../../config/folder.ts';
import type { Paths } from '../../config/paths.ts';
import type { SkillApproval } from '../../domain/skill-trust.ts';
import { writePrivate } from '../../secrets/private-file.ts';

/**
 * `skills.lock` beside the settings: every approval, for people and for version control. What counts is
 * the record in the store, which is written together with the audit entry; the lock can only take away. A
 * skill is used where both say the same of it, so whoever writes this file by hand can stop one and never
 * let one in.
 */
export interface SkillsLock {
  /** True where the file says exactly what was approved. */
  agrees(approval: SkillApproval): boolean;
  /** Puts an approval in; nothing of the others changes, but what `known` does not hold is dropped. */
  put(approval: SkillApproval, known: ReadonlySet<string>): void;
  drop(id: string): void;
  /** The ids that it names. */
  ids(): readonly string[];
}

const shape = z.strictObject({
  schema: z.literal(1),
  about: z.string(),
  skills: z.record(z.string(), z.json()),
});
type Entries = Readonly<Record<string, Json>>;

const ABOUT =
  'Written by atom: what you approved of each skill. Taking an entry out stops that skill. Approve with: atom skills approve';

const MOST_BYTES = 8 * 1024 ** 2;

export function createLock(paths: Pick<Paths, 'config'>): SkillsLock {
  const file = join(paths.config, 'skills.lock');
  const write = (entries: Entries): void => {
    ensureFolder(paths.config);
    writePrivate(
      file,
      `${JSON.stringify({ schema: 1, about: ABOUT, skills: entries }, null, 2)}\n`,
    );
  };
  return {
    agrees: (approval) => {
      const entry = readEntries(file)[approval.id];
      return entry !== undefined && canonical(entry) === canonical(entryOf(approval));
    },
    put: (approval, known) => {
      const kept = Object.entries(readEntries(file)).filter(([id]) => known.has(id));
      write(
        sorted([...kept.filter(([id]) => id !== approval.id), [approval.id, entryOf(approval)]]),
      );
    },
    drop: (id) => {
      const entries = Object.entries(readEntries(file));
      if (entries.some(([one]) => one === id)) write(sorted(entries.filter(([one]) => one !== id)));
    },
    ids: () => Object.keys(readEntries(file)),
  };
}

const sorted = (entries: readonly (readonly [string, Json])[]): Entries =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

const entryOf = ({ digest, permissions, files, at, by }: SkillApproval): Json => ({
  digest,
  permissions: permissions as unknown as Json,
  files: Object.fromEntries(files.map((one) => [one.path, one.digest])),
  approvedAt: new Date(at).toISOString(),
  approvedBy: by,
});

/** None where it is not there, others may write it, or it is not what atom writes: then nothing is approved. */
function readEntries(file: string): Entries {
  if (!existsSync(file) || statSync(file).size > MOST_BYTES) return {};
  try {
    checkPrivate(file);
    return shape.parse(JSON.parse(readFileSync(file, 'utf8'))).skills as Entries;
  } catch {
    return {};
  }
}
