import { printWord } from '../../domain/shell-line/print.ts';
import type { Redirect } from '../../domain/shell-line/script.ts';
import type { Circumstances, Classification } from '../classify.ts';
import { isSecret, isTrusted } from '../words/paths.ts';
import { finding } from './finding.ts';
import { mayLeave, type Place } from './place.ts';
import { knownText } from './words.ts';

const NOWHERE = /^\/dev\/(null|stdout|stderr|fd\/\d+)$/;

/**
 * What sending output to a file, or taking input from one, amounts to; undefined where it is nothing.
 * A written file is told like a program: no rule about the program itself may cover it.
 */
export function classifyRedirect(
  redirect: Redirect,
  place: Place,
  circumstances: Circumstances,
): Classification | undefined {
  if (redirect.kind === 'copy') return undefined;
  const target = knownText(redirect.target);
  if (target !== undefined && NOWHERE.test(target)) return undefined;
  const found = classifyFile(redirect.op, { target, place }, circumstances);
  return found && { ...found, commands: [[redirect.op, target ?? printWord(redirect.target)]] };
}

function classifyFile(
  op: '<' | '>' | '>>',
  { target, place }: { readonly target: string | undefined; readonly place: Place },
  { undo }: Circumstances,
): Classification | undefined {
  if (target !== undefined && isSecret(target))
    return finding(4, 'names a file that holds secrets');
  if (op === '<') return undefined;
  if (target === undefined) return finding(4, 'writes a file whose name is not known');
  if (isTrusted(target)) return finding(4, 'names a file that other programs trust');
  if (mayLeave(target, place)) return finding(4, 'writes a file that may lie outside the folder');
  if (op === '>>') return finding(3, 'adds to a file');
  return undo ? finding(3, 'replaces a file') : finding(4, 'replaces a file, for good');
}
