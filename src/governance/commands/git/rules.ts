import type { CommandRule, Raise } from '../command-rule.ts';
import { beyond, loads, runs } from '../rule.ts';
import { changing } from './changing.ts';
import { looking } from './looking.ts';
import { reaching } from './reaching.ts';

/** Options of any sub-command that make git run something else, or work elsewhere. */
const always: readonly Raise[] = [
  runs('-c --config-env --exec-path --upload-pack --receive-pack --exec --ext-diff --textconv'),
  runs('--open-files-in-pager -O --extcmd --command --paginate -p --gpg-sign --interactive'),
  loads('--template --separate-git-dir --git-dir --work-tree --namespace --super-prefix --bare'),
];

export const git: readonly CommandRule[] = [
  beyond('git', 'what git does with these words is not known', {
    raise: always,
    about: '-v -h',
    leading: {
      // What changes how things are shown, or which folder is meant; nothing that runs or loads.
      flags:
        '--no-pager -P --literal-pathspecs --glob-pathspecs --icase-pathspecs --no-optional-locks --no-replace-objects --no-lazy-fetch --no-advice',
      valued: '-C',
    },
    subs: [...looking, ...changing, ...reaching],
    match: ['git', 'git nonsense', 'git -c core.pager=sh log', 'git --shallow-file status clean'],
    notMatch: ['git status', 'git -v', 'git -C src log'],
  }),
];
