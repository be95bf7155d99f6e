import { holdsProtected } from '../../domain/protected-names.ts';
import type { Redirect } from '../../domain/shell-line/script.ts';
import type { Circumstances, Classification } from '../classify.ts';
import { finding } from './finding.ts';
import { inJail, type Place } from './place.ts';
import { knownText } from './words.ts';

const NOWHERE = /^\/dev\/(null|stdout|stderr|fd\/[12])$/;
/** A jail’s own, and gone afterwards. */
const TEMPORARY = /^\/tmp\/(?!.*\.\.)/;

/** What sending output to a file amounts to; undefined where nothing is written. */
export function classifyRedirect(
  redirect: Redirect,
  place: Place,
  circumstances: Circumstances,
): Classification | undefined {
  if (redirect.kind === 'copy' || redirect.op === '<') return undefined;
  const target = knownText(redirect.target);
  if (target === undefined) return finding(4, 'writes a file whose name is not known');
  if (NOWHERE.test(target)) return undefined;
  if (holdsProtected(target)) return finding(4, `writes ${target}, which other programs trust`);
  if (TEMPORARY.test(target)) return finding(3, 'writes a temporary file');
  if (!inJail(target, place, circumstances))
    return finding(4, `writes ${target}, which may lie outside the jail`);
  if (redirect.op === '>>') return finding(3, `adds to ${target}`);
  return circumstances.undo
    ? finding(3, `replaces ${target}`)
    : finding(4, `replaces ${target}, which cannot be undone`);
}
