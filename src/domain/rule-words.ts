import type { Rule, WrongExample } from './rule.ts';

/** True where a rule says nothing about a command, or where its program and arguments fit. */
export function fitsCommand({ program, args }: Rule, words: readonly string[]): boolean {
  const [name = '', ...rest] = words;
  return (
    (program === undefined || sameProgram(program, name)) &&
    (args === undefined || fitsBehindOptions(args, rest))
  );
}

/**
 * The same program from another folder is the same program: a rule must not be passed by `/tmp/git`,
 * nor by `GIT` where file names have no case.
 */
export const sameProgram = (program: string, called: string): boolean =>
  plain(program) === plain(called.slice(called.lastIndexOf('/') + 1));

const plain = (name: string): string => name.normalize('NFC').toLowerCase();

/** The examples of a rule that it does not keep. */
export const wrongExamples = (rule: Rule): readonly WrongExample[] =>
  (['match', 'notMatch'] as const).flatMap((list) =>
    (rule[list] ?? []).flatMap((words, at) =>
      fitsCommand(rule, words) === (list === 'match') ? [] : [{ list, at, words }],
    ),
  );

/** Token by token: `*` is any one word, `**` any number of them. */
export const fitsWords = (pattern: readonly string[], words: readonly string[]): boolean =>
  fitsFrom(pattern, words)[0] === true;

/**
 * The arguments may begin at the first word, or behind options that stand in front, each alone or with
 * one value: so `git -c a=b push` is also seen as `push`.
 */
function fitsBehindOptions(pattern: readonly string[], words: readonly string[]): boolean {
  const first = words.findIndex((word, at) => !isOption(word) && !isOption(words[at - 1]));
  const last = first < 0 ? words.length : first;
  return fitsFrom(pattern, words)
    .slice(0, last + 1)
    .includes(true);
}

const isOption = (word: string | undefined): boolean => word?.startsWith('-') === true;

/**
 * For each place among the words, and the one behind the last, whether the pattern fits from there to
 * the end. One pass over the words for each token, whatever the pattern: nothing is ever tried twice.
 */
function fitsFrom(pattern: readonly string[], words: readonly string[]): readonly boolean[] {
  const end: boolean[] = [...words.map(() => false), true];
  return pattern.reduceRight((rest, token) => {
    const fits = token === '**' ? rest.slice() : end.map(() => false);
    for (let at = words.length - 1; at >= 0; at--) {
      if (token === '**') fits[at] = rest[at] === true || fits[at + 1] === true;
      else fits[at] = (token === '*' || token === words[at]) && rest[at + 1] === true;
    }
    return fits;
  }, end);
}
