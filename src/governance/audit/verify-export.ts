import { isFrontier } from '../../base/merkle.ts';
import { checkpointsIn } from '../../domain/checkpoint.ts';
import type { RawEntry } from '../../store/tables/audit.ts';
import { lookForKeys } from './announced.ts';
import { entryOf, headOf, startOf } from './export-format.ts';
import { judge, type Shown } from './trust.ts';
import {
  noBeginning,
  refusal,
  type Verification,
  type VerifyOptions,
  whole,
} from './verification.ts';
import { walk } from './walk.ts';

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
  if (!isFrontier(start)) return refusal(noBeginning(start.size));
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
