import type { CommandRule, Raise } from '../command-rule.ts';
import { look, lose, runs, writes } from '../rule.ts';

/** What every command of git that shows commits takes, named in its help or not. */
export const output: readonly Raise[] = [writes('--output --output-directory')];

/** The same words for all that only look. */
export const reads = 'only reads the repository';

/** Sub-commands that look. */
export const looking: readonly CommandRule[] = [
  look('log diff show whatchanged diff-tree diff-index diff-files range-diff', reads, {
    harmless: '-p -c -O',
    raise: output,
    match: ['git log -p --oneline', 'git diff -- a b', 'git -C src show HEAD', 'git log -c'],
    notMatch: [
      'git log --output=x',
      'git diff --ext x',
      'git -c core.pager=sh log',
      'git show HEAD:.env',
    ],
  }),
  look('blame annotate shortlog ls-files grep cat-file', reads, {
    harmless: '-p -c',
    raise: output,
    match: ['git blame -c a', 'git grep -c x', 'git cat-file -p HEAD', 'git shortlog -sn'],
    notMatch: [
      'git grep -Oid x',
      'git grep -iOid x',
      'git grep -e -- -Osh',
      'git --exec-path=/tmp grep x',
    ],
  }),
  look(
    'status describe rev-parse rev-list ls-tree show-ref for-each-ref name-rev merge-base cherry count-objects check-ignore check-attr check-ref-format var version verify-commit verify-tag show-branch patch-id merge-tree fsck stripspace get-tar-commit-id diff-pairs',
    reads,
    {
      raise: output,
      match: ['git status -sb', 'git rev-parse HEAD', 'git describe --tags', 'git -P status'],
      notMatch: [
        'git -c core.fsmonitor=id status',
        'git --git-dir=/x status',
        'git -C status clean -fdx',
      ],
    },
  ),
  look('reflog', reads, {
    subs: [
      look('show exists list', reads, { match: ['git reflog show'], notMatch: [] }),
      lose('expire delete', 'forgets where branches were', {
        match: ['git reflog expire --all'],
        notMatch: ['git reflog expire --exec=x'],
      }),
    ],
    match: ['git reflog', 'git reflog HEAD'],
    notMatch: ['git reflog delete x'],
  }),
  look('help', 'shows a manual', {
    raise: [runs('-w --web -i --info -m --man')],
    match: ['git help log'],
    notMatch: ['git help -w log'],
  }),
];
