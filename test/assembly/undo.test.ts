import { expect, it } from 'vitest';
import { countingUndo } from '../../src/assembly/undo.ts';
import { createLog } from '../../src/base/log.ts';
import type { Undo } from '../../src/undo/undo.ts';

const restored = { of: { run: 'r1' }, changes: [] } as unknown as Awaited<
  ReturnType<Undo['restore']>
>;
const order = { ref: 'r1', force: false, plan: 'p', by: 'u1' };

it('counts what is taken back against whoever did it, and an uncounted one is taken back all the same', async () => {
  const marks: unknown[][] = [];
  const lines: string[] = [];
  const log = createLog(({ text }) => lines.push(text));
  const undo = { restore: async () => restored } as unknown as Undo;
  const mark = async (...given: unknown[]) => {
    marks.push(given);
    if (marks.length > 1) throw new Error('the disk is full');
    return undefined;
  };
  const counting = countingUndo(undo, { mark }, log);
  const signal = new AbortController().signal;
  expect(await counting.restore(order, signal)).toBe(restored);
  expect(await counting.restore(order, signal)).toBe(restored);
  expect(marks[0]).toEqual(['r1', 'undone', 'owner']);
  expect(lines).toEqual(['not counted as undone: the disk is full']);
});
