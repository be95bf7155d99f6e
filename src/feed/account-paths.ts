import { literal } from '../base/literal.ts';

/** Between the parts of a path: also doubled, as in JSON, and by its number, as in addresses. */
const BETWEEN = '(?:[\\\\/]{1,4}|%(?:25){0,2}(?:2f|5c))';
/** Programs that keep a file for each folder name it by the folder, with another sign between the parts. */
const FLAT = '[-%!+=]';
/** No other name begins with it. */
const END = '(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])';
/** What stands before a path, and is no part of one. */
const BEGIN = '(?<=^|[\\s"\'`=:,;()<>{}[\\]|@#]|file:(?://(?:localhost)?)?)';
const DRIVE = /^[A-Za-z]:$/;

/**
 * What finds a folder in a text, however its path is written there. A path of one part, such as `/root`, is
 * found only where a path begins: further down it may be anybody's. The root itself is nobody's.
 */
export function pathShapes(path: string): readonly RegExp[] {
  const [first = '', ...rest] = path.split(/[\\/]+/).filter(Boolean);
  const parts = DRIVE.test(first) ? rest : [first, ...rest];
  if (parts.join('') === '') return [];
  const drive = DRIVE.test(first)
    ? `(?:(?<![\\p{L}\\p{N}])${first}|${BETWEEN}${first.charAt(0)})?`
    : '';
  const whole = parts.map((part) => `${BETWEEN}${partOf(part)}`).join('');
  if (parts.length === 1) return [new RegExp(`${BEGIN}${drive}${whole}${END}`, 'gimu')];
  const flat = parts.map(flatOf).join(FLAT);
  return [
    new RegExp(`${drive}${whole}${END}`, 'gimu'),
    new RegExp(`(?<![\\p{L}\\p{N}])${FLAT}${flat}(?![\\p{L}\\p{N}])`, 'giu'),
  ];
}

/** As it is, in either form of its accents, and as addresses write it. */
function partOf(part: string): string {
  const forms = [part, part.normalize('NFC'), part.normalize('NFD')];
  const all = new Set(forms.flatMap((form) => [form, encodeURIComponent(form.toWellFormed())]));
  return `(?:${[...all].map(literal).join('|')})`;
}

const flatOf = (part: string): string =>
  [...part].map((sign) => (/[\p{L}\p{N}]/u.test(sign) ? literal(sign) : '[^\\s/\\\\]')).join('');
