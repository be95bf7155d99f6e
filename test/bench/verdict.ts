/** What a figure is held to. */
export type Target = { readonly most: number } | { readonly least: number };

/** One line for one figure: what it is, its value beside what it is held to, and whether it holds. */
export function verdict(what: string, value: number, target: Target, unit = 'x'): string {
  const [word, bound] = 'most' in target ? ['at most', target.most] : ['at least', target.least];
  const holds = 'most' in target ? value <= bound : value >= bound;
  const cells = [`${value.toFixed(2)}${unit}`, `${word} ${bound.toFixed(2)}${unit}`];
  const [shown = '', held = ''] = cells;
  return `${what.padEnd(52)}${shown.padStart(9)}   ${held.padEnd(18)}${holds ? 'hit' : 'MISSED'}`;
}
