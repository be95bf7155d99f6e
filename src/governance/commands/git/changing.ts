import type { CommandRule } from '../command-rule.ts';
import { change, loads, look, lose } from '../rule.ts';
import { output, reads } from './looking.ts';

/** Sub-commands that change the repository or the files in it. */
export const changing: readonly CommandRule[] = [
  change('add stage', 'stages files', {
    match: ['git add .', 'git add -A'],
    notMatch: ['git add -p', 'git add .env', 'git add --exec=x'],
  }),
  change('commit', 'makes a commit', {
    text: true,
    harmless: '-c -p',
    raise: [
      { options: '--amend', to: 'lose', why: 'replaces a commit' },
      loads('-t --template -F --file'),
    ],
    match: ['git commit -m x', 'git commit -am fix'],
    notMatch: ['git commit --amend', 'git commit -F a', 'git -c x=y commit -m x'],
  }),
  change('init', 'makes a repository', {
    match: ['git init', 'git init a'],
    notMatch: ['git init --template=x', 'git init --separate-git-dir x'],
  }),
  change('notes', 'adds or shows notes', {
    harmless: '-p -c',
    match: ['git notes list'],
    notMatch: ['git notes --exec=x'],
  }),
  lose('switch', 'changes the branch', {
    harmless: '-c',
    match: ['git switch main', 'git switch -c x', 'git switch -f main'],
    notMatch: ['git switch --exec=x'],
  }),
  lose(
    'checkout reset restore rm mv clean merge revert cherry-pick rebase apply am read-tree checkout-index update-index update-ref symbolic-ref replace filter-repo rerere write-tree commit-tree hash-object unpack-objects mktag mktree pack-refs pack-objects repack prune prune-packed gc maintenance bundle sparse-checkout',
    'may throw changes or commits away',
    {
      harmless: '-p -c --interactive',
      raise: [
        { options: '-x', to: 'lose', why: 'deletes ignored files' },
        { words: /^(start|register|unregister|stop)$/, to: 'beyond', why: 'may set a timer' },
      ],
      match: [
        'git reset --hard',
        'git checkout -f',
        'git clean -fd',
        'git rebase main',
        'git rm a',
        'git gc',
        'git clean -fdx',
      ],
      notMatch: [
        'git rebase --exec make',
        'git -C / clean -fdx',
        'git --git-dir=/x checkout -f',
        'git rm -r .github/workflows',
        'git maintenance start',
      ],
    },
  ),
  lose('stash', 'sets changes aside, or throws them away', {
    harmless: '-p',
    subs: [
      look('list show', reads, {
        harmless: '-p',
        raise: output,
        match: ['git stash list', 'git stash show -p'],
        notMatch: ['git stash show --output=x'],
      }),
    ],
    match: [
      'git stash',
      'git stash pop',
      'git stash drop',
      'git stash clear',
      'git stash push -m x',
    ],
    notMatch: ['git stash --exec=x'],
  }),
  look('tag', 'lists tags', {
    text: true,
    raise: [
      { options: '-d --delete -f --force', to: 'lose', why: 'deletes or replaces a tag' },
      { options: '-a --annotate -m --message', to: 'change', why: 'makes a tag' },
      loads('-F --file -s --sign -u --local-user'),
    ],
    most: { words: 0, to: 'change', why: 'makes a tag' },
    match: ['git tag', 'git tag -l', 'git tag --list'],
    notMatch: ['git tag v1', 'git tag -d v1', 'git tag -s v1'],
  }),
  look('branch', 'lists branches', {
    harmless: '-c',
    raise: [
      {
        options: '-d -D --delete -f --force -M -C',
        to: 'lose',
        why: 'deletes or replaces a branch',
      },
      {
        options:
          '-m --move -c --copy -u --set-upstream-to --unset-upstream --edit-description -t --track',
        to: 'change',
        why: 'changes branches',
      },
    ],
    most: { words: 0, to: 'change', why: 'makes a branch' },
    match: ['git branch', 'git branch -a', 'git branch -vv'],
    notMatch: ['git branch x', 'git branch -D x', 'git branch -m x'],
  }),
  lose('worktree', 'makes or deletes folders of work', {
    subs: [look('list', reads, { match: ['git worktree list'], notMatch: [] })],
    match: ['git worktree add a', 'git worktree prune'],
    notMatch: ['git worktree add ../a'],
  }),
  lose('format-patch archive fast-export', 'writes files', {
    harmless: '-p -c',
    raise: [{ options: '--remote', to: 'beyond', why: 'leaves this machine' }, ...output],
    match: ['git format-patch -3', 'git archive -o a.tar HEAD'],
    notMatch: ['git archive --remote=x HEAD', 'git archive -o /etc/x HEAD'],
  }),
];
