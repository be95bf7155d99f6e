import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { canonical, type Json } from '../../base/json.ts';
import { checkpointsIn } from '../../domain/checkpoint.ts';
import type { RawEntry } from '../../store/tables/audit.ts';
import type { TreeRow } from '../../store/tables/audit-tree.ts';
import { lookForKeys } from './announced.ts';
import { FORMAT } from './export.ts';
import { emptyTree } from './tree.ts';
import { judge, type Shown } from './trust.ts';
import { refusal, type Verification, type VerifyOptions, whole } from './verification.ts';
import { walk } from './walk.ts';

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

type Head = z.output<typeof headSchema>;

const entrySchema = z.strictObject({
  ...{ chain: z.literal('main'), seq: z.int(), at: z.number(), kind: z.string() },
  ...{ body: z.json(), prev: z.string(), hash: z.string() },
});

const PAGE = 1000;

/**
 * Verifies what `exportLines` wrote, line by line, without any store. Throws AtomError `usage` where the
 * lines are no export.
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  { outside = [], trusted = [], onPage }: Omit<VerifyOptions, 'since'> = {},
): Promise<Verification> {
  const source = lines[Symbol.asyncIterator]();
  const head = headOf((await source.next()).value ?? '');
  const shown: Shown[] = checkpointsIn(head.base?.checkpoint ?? '').map(inside);
  let line = await source.next();
  for (; !line.done && line.value.startsWith('{"checkpoint":'); line = await source.next())
    shown.push(...checkpointsIn(line.value).map(inside));
  shown.push(...outside.map((checkpoint) => ({ checkpoint, outside: true })));
  const judged = judge({ keys: head.keys, shown, trusted });
  if (judged.damaged) return refusal(judged.damaged);
  const start = startOf(head);
  let seq = start.size;
  const keyAt = lookForKeys(head.keys);
  const walked = await walk({
    start,
    marks: judged.marks,
    page: async () => {
      const page: RawEntry[] = [];
      for (; !line.done && page.length < PAGE; line = await source.next())
        page.push(entryOf(line.value, seq++));
      return page;
    },
    look: (raw) => {
      const wrong = keyAt(raw);
      return wrong && Promise.resolve(wrong);
    },
    ...(onPage ? { onPage } : {}),
  });
  return walked.damaged ? refusal(walked.damaged, walked.size) : whole(walked, start.size, judged);
}

const inside = (checkpoint: Shown['checkpoint']): Shown => ({ checkpoint, outside: false });

function headOf(line: string): Head {
  const found = headSchema.safeParse(parsed(line));
  if (found.success) return found.data;
  throw new AtomError('usage', 'That file is no export of a record.', {
    next: ['Make one:   atom audit export --jsonl --out record.jsonl'],
  });
}

function startOf({ base }: Head): TreeRow {
  if (!base) return emptyTree;
  const hashes = (base.frontier.match(/.{64}/g) ?? []).map((hex) => Buffer.from(hex, 'hex'));
  return { size: base.size, head: base.head, hashes };
}

/** What is not written the one way an entry is written counts as one that was changed. */
function entryOf(line: string, seq: number): RawEntry {
  const found = z.strictObject({ entry: entrySchema }).safeParse(parsed(line));
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
