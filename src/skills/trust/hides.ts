import { visibleBlock } from '../../base/visible.ts';

/** True where a text has signs that nobody sees, or that turn text around. Layout and emoji are none of them. */
export function hides(text: string): boolean {
  const plain = text.replace(/^\ufeff/, '').replaceAll(/\r\n?|\t/g, '\n');
  return visibleBlock(plain) !== plain;
}
