import { visible } from '../../base/visible.ts';

/**
 * Lines of a name and what there is to say of it, two spaces apart. Names are atom's own and ASCII, so
 * that nothing needs to know how wide a terminal draws a character.
 */
export function pairs(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, words]) => `${name.padEnd(width)}  ${visible(words)}`.trimEnd());
}
