/** How small pictures are drawn: with block characters, or with ASCII for `--plain`. */
interface Ink {
  readonly none: string;
  /** From low to high. */
  readonly steps: readonly string[];
  readonly full: string;
  readonly half: string;
}

const BLOCKS: Ink = { none: '·', steps: [...'▁▂▃▄▅▆▇█'], full: '█', half: '▌' };
const ASCII: Ink = { none: '_', steps: [...'.:-=+*#@'], full: '#', half: '-' };

const inkFor = (plain: boolean): Ink => (plain ? ASCII : BLOCKS);

/** One character a value, the tallest for the largest; nothing is a dot. */
export function sparkline(values: readonly number[], plain: boolean): string {
  const { none, steps } = inkFor(plain);
  const most = Math.max(1, ...values);
  return values
    .map((value) => (value <= 0 ? none : steps[Math.ceil((value / most) * steps.length) - 1]))
    .join('');
}

/** A bar of at most `width` characters, `value` of `most`; whatever is there shows at least half of one. */
export function bar(
  value: number,
  most: number,
  { width, plain }: { readonly width: number; readonly plain: boolean },
): string {
  const { full, half } = inkFor(plain);
  if (value <= 0 || most <= 0) return ''.padEnd(width);
  const halves = Math.max(1, Math.round((value / most) * width * 2));
  return (full.repeat(Math.floor(halves / 2)) + (halves % 2 ? half : '')).padEnd(width);
}

/** A count in at most four characters: `9999`, `12k`, `999k`, `20M`, `1G+`. */
export function short(count: number): string {
  if (count < 10_000) return String(count);
  if (count < 1_000_000) return `${Math.floor(count / 1000)}k`;
  return count < 1_000_000_000 ? `${Math.floor(count / 1_000_000)}M` : '1G+';
}
