import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { canonical, type Json } from '../../base/json.ts';
import type { RawEntry } from '../../store/tables/audit.ts';
import { hashesIn, type TreeRow } from '../../store/tables/audit-tree.ts';
import { emptyTree } from './tree.ts';

/** What the first line of an export says it is. */
export const FORMAT = 'atom-audit/1';

const headSchema = z.object({
  format: z.literal(FORMAT),
  keys: z.array(
    z.object({
      entry: z.int().min(0),
      key: z.string(),
      why: z.enum(['first', 'rotated', 'lost', 'restored']),
      at: z.int(),
    }),
  ),
  base: z
    .object({
      size: z.int().min(1),
      head: z.string(),
      frontier: z.string().regex(/^([0-9a-f]{64})+$/),
      checkpoint: z.string(),
    })
    .nullable(),
});

export type Head = z.output<typeof headSchema>;

const lineSchema = z.strictObject({
  entry: z.strictObject({
    chain: z.literal('main'),
    seq: z.int(),
    at: z.number(),
    kind: z.string(),
    body: z.json(),
    prev: z.string(),
    hash: z.string(),
  }),
});

/** The first line of an export. Throws AtomError `usage` where it is something else. */
export function headOf(line: string): Head {
  const found = headSchema.safeParse(parsed(line));
  if (found.success) return found.data;
  throw new AtomError('usage', 'That file is no export of a record.', {
    next: ['Make one:   atom audit export --jsonl --out record.jsonl'],
  });
}

/** Where the entries of an export begin. */
export function startOf({ base }: Head): TreeRow {
  if (!base) return emptyTree;
  return { size: base.size, head: base.head, hashes: hashesIn(base.frontier) };
}

/** What is not written the one way an entry is written counts as one that was changed. */
export function entryOf(line: string, seq: number): RawEntry {
  const found = lineSchema.safeParse(parsed(line));
  if (found.success && canonical(found.data as Json) === line) {
    const { entry } = found.data;
    return { ...entry, body: canonical(entry.body as Json) };
  }
  return { chain: 'main', seq, at: 0, kind: '', body: 'null', prev: '', hash: '' };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
