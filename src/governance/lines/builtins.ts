import { textOf, type Word } from '../../domain/shell-line/script.ts';
import type { Classification } from '../classify.ts';
import { finding } from './finding.ts';
import { classifyVariable } from './variables.ts';

/** What a command of the shell itself does with its words; undefined for the name of a program. */
export const classifyBuiltin = (
  name: string,
  words: readonly Word[],
): Classification | undefined => (Object.hasOwn(JUDGES, name) ? JUDGES[name]?.(words) : undefined);

type Judge = (words: readonly Word[]) => Classification;

const look =
  (why: string): Judge =>
  () =>
    finding(1, why);

const inline: Judge = () => finding(4, 'tells the shell to run or change what atom cannot read');

/** Only where all words are as expected; inline code otherwise. */
const lookIf =
  (why: string, ...patterns: readonly RegExp[]): Judge =>
  (words) =>
    words.every((word, at) => (patterns[at] ?? patterns.at(-1))?.test(textOf(word) ?? '$'))
      ? finding(1, why)
      : inline(words);

/** Commands whose words name variables, each judged by itself. */
const variables =
  (why: string): Judge =>
  (words) =>
    words.map(judgeName).find((found) => found !== undefined) ?? finding(1, why);

function judgeName(word: Word): Classification | undefined {
  const [first] = word;
  const text = first?.kind === 'text' ? first.text : '';
  const name = /^\w+(?==)/.exec(text)?.[0] ?? textOf(word);
  if (name === undefined) return finding(4, 'sets a variable whose name is not known');
  return name.startsWith('-') ? undefined : classifyVariable(name);
}

const ANY = /^/;

const JUDGES: Readonly<Record<string, Judge>> = {
  cd: look('goes to another folder'),
  pwd: look('tells the folder'),
  echo: look('prints its words'),
  printf: look('prints its words'),
  true: look('does nothing'),
  false: look('does nothing'),
  ':': look('does nothing'),
  test: look('compares'),
  '[': look('compares'),
  exit: look('ends the line'),
  return: look('ends the line'),
  break: look('ends a loop'),
  continue: look('goes on with a loop'),
  shift: look('skips arguments'),
  wait: look('waits'),
  times: look('tells the time used'),
  umask: look('sets who may read new files'),
  ulimit: look('sets its own limits'),
  type: look('tells what a name stands for'),
  hash: look('tells where programs are'),
  read: variables('reads a line'),
  unset: variables('forgets a variable'),
  export: variables('hands a variable to programs'),
  readonly: variables('fixes a variable'),
  command: lookIf('tells where a program is', /^-[vV]$/, ANY),
  set: lookIf('sets how the shell treats errors', /^([-+][efux]+|[-+]o|pipefail|errexit|nounset)$/),
  ...Object.fromEntries(
    ['eval', '.', 'source', 'exec', 'trap', 'alias', 'unalias', 'builtin', 'enable', 'local'].map(
      (name) => [name, inline],
    ),
  ),
  getopts: inline,
};
