const CONTEXT = 3;
/** Above this many comparisons the changed middle is shown whole, as removed and added. */
const MAX_CELLS = 1_000_000;

type Mark = ' ' | '-' | '+';
type Edit = readonly [mark: Mark, line: string];

/**
 * A unified diff of two texts, whole: what is approved is what was shown, however long. Empty where the
 * texts are equal.
 */
export const unifiedDiff = (before: string, after: string): string =>
  hunks(edits(linesOf(before), linesOf(after))).join('\n');

const linesOf = (text: string): string[] => {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') return lines.slice(0, -1);
  return [...lines.slice(0, -1), `${lines.at(-1)}⟦no newline at the end⟧`];
};

function edits(before: readonly string[], after: readonly string[]): Edit[] {
  const start = commonLength(before, after);
  const end = Math.min(
    commonLength(before.toReversed(), after.toReversed()),
    Math.min(before.length, after.length) - start,
  );
  const keep = (lines: readonly string[]): Edit[] => lines.map((line): Edit => [' ', line]);
  return [
    ...keep(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...keep(before.slice(before.length - end)),
  ];
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function middle(before: readonly string[], after: readonly string[]): Edit[] {
  if (before.length * after.length > MAX_CELLS)
    return [...before.map((line): Edit => ['-', line]), ...after.map((line): Edit => ['+', line])];
  const common = longestCommon(before, after);
  const out: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      out.push([' ', old]);
      i++;
      j++;
    } else if (
      old !== undefined &&
      (now === undefined || cell(common, i + 1, j) >= cell(common, i, j + 1))
    ) {
      out.push(['-', old]);
      i++;
    } else {
      out.push(['+', now ?? '']);
      j++;
    }
  }
  return out;
}

const cell = (table: readonly Uint32Array[], i: number, j: number): number => table[i]?.[j] ?? 0;

/** `table[i][j]`: how many lines the rests from `i` and from `j` have in common, in order. */
function longestCommon(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const same = before[i] === after[j];
      const row = table[i];
      if (row)
        row[j] = same
          ? 1 + cell(table, i + 1, j + 1)
          : Math.max(cell(table, i + 1, j), cell(table, i, j + 1));
    }
  return table;
}

/** Changed lines with their surroundings, each run under its `@@ -from +from @@`. */
function hunks(all: readonly Edit[]): string[] {
  const near = all.map((_, at) =>
    all.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(([mark]) => mark !== ' '),
  );
  const out: string[] = [];
  let [old, now] = [1, 1];
  all.forEach(([mark, line], at) => {
    if (near[at]) {
      if (!near[at - 1]) out.push(`@@ -${old} +${now} @@`);
      out.push(`${mark}${line}`);
    }
    if (mark !== '+') old++;
    if (mark !== '-') now++;
  });
  return out;
}
