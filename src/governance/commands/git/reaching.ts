import type { CommandRule, Raise } from '../command-rule.ts';
import { beyond, fetches, look, runs } from '../rule.ts';
import { reads } from './looking.ts';

/** `host:path`, `https://…`, `ext::…`: no folder. */
const elsewhere: Raise = { words: /:/, to: 'beyond', why: 'asks over the network' };

/** Sub-commands that leave this machine, run other programs, or make git do so later. */
export const reaching: readonly CommandRule[] = [
  beyond(
    'push send-pack send-email request-pull imap-send svn p4 cvsserver',
    'leaves this machine, and cannot be taken back',
    {
      match: ['git push', 'git push --force origin main', 'git push origin --delete x'],
      notMatch: ['git status'],
    },
  ),
  fetches('clone', 'copies a repository', {
    raise: [elsewhere, runs('-u')],
    match: ['git clone x', 'git clone repositories/x.git y'],
    notMatch: [
      'git clone https://example.org/x',
      'git clone example.org:x',
      'git clone ext::id',
      'git clone ../x',
      'git clone -u id x',
      'git clone -c core.sshCommand=id x',
    ],
  }),
  fetches('fetch pull', 'fetches commits', {
    harmless: '-p',
    raise: [elsewhere],
    match: ['git fetch', 'git fetch -p origin', 'git pull --rebase'],
    notMatch: [
      'git fetch https://example.org/x',
      'git pull --upload-pack=id',
      'git fetch x main:y',
    ],
  }),
  beyond(
    'ls-remote fetch-pack http-fetch http-push remote-http remote-https remote-ext remote-fd fast-import lfs annex subtree archimport upload-pack receive-pack upload-archive daemon http-backend shell',
    'asks over the network',
    {
      match: ['git ls-remote', 'git lfs pull'],
      notMatch: ['git fetch', 'git merge x'],
    },
  ),
  look('remote', 'lists remotes', {
    most: { words: 0, to: 'beyond', why: 'changes where commits go, or asks over the network' },
    match: ['git remote', 'git remote -v'],
    notMatch: ['git remote add x y', 'git remote update'],
  }),
  look('config', 'shows settings', {
    raise: [
      {
        options:
          '-e --edit --add --unset --unset-all --replace-all --remove-section --rename-section -f --file --blob',
        to: 'beyond',
        why: 'changes settings that can make git run programs',
      },
      {
        words: /^(set|unset|edit|(rename|remove)-section)$/,
        to: 'beyond',
        why: 'changes settings that can make git run programs',
      },
    ],
    most: {
      words: 1,
      to: 'beyond',
      why: 'changes settings that can make git run programs',
    },
    match: ['git config --list', 'git config --get user.name', 'git config user.name'],
    notMatch: [
      'git config user.name x',
      'git config --global alias.st !id',
      'git config core.sshCommand x',
      'git config --list -e',
    ],
  }),
  beyond('submodule', 'fetches, or runs commands in other repositories', {
    subs: [look('status summary', reads, { match: ['git submodule status'], notMatch: [] })],
    match: ['git submodule update', 'git submodule foreach id', 'git submodule'],
    notMatch: ['git submodule status'],
  }),
  beyond(
    'bisect filter-branch difftool mergetool instaweb gui gitk citool hook credential credential-store credential-cache credential-osxkeychain web--browse mergetool--lib quiltimport multi-pack-index for-each-repo',
    'may run other programs',
    {
      match: ['git bisect run make', 'git difftool', 'git filter-branch --tree-filter x'],
      notMatch: ['git diff'],
    },
  ),
];
