import type { Task } from './task.ts';

const inHistory = (task: Omit<Task, 'start'>): Task => ({ start: 'repository', ...task });

/** Everyday work with git. The repository has the branches `main` and `feature`, and `origin.git` beside. */
export const gitTasks: readonly Task[] = [
  {
    name: 'makes a repository and commits',
    start: 'files',
    files: { 'a.txt': 'a\n' },
    lines: ['git init', 'git add a.txt', 'git commit -m "first words"'],
    says: /first words/,
    holds: 'test "$(git log --format="%s %an <%ae>")" = "first words Dana Doe <dana@example.org>"',
  },
  inHistory({
    name: 'clones a bare repository of the folder',
    lines: ['git clone origin.git copy'],
    leaves: { 'copy/a.txt': 'three\n' },
    holds: 'git -C copy log --oneline | wc -l | grep -qx 2',
  }),
  inHistory({
    name: 'commits what changed in a clone, run after run',
    lines: [
      'git clone -q origin.git copy',
      'echo more >> copy/a.txt && git -C copy commit -am more',
      'git -C copy status --short',
    ],
    says: /^(?!.*M a\.txt)/,
    holds: 'test "$(git -C copy log -1 --format=%s)" = more',
  }),
  inHistory({
    name: 'makes a branch and commits on it',
    lines: ['git switch -c idea', 'echo new > new.txt && git add . && git commit -m new'],
    holds: 'test "$(git rev-parse --abbrev-ref HEAD)" = idea && git diff --quiet main~0 -- a.txt',
    leaves: { 'new.txt': 'new\n' },
  }),
  inHistory({
    name: 'goes to another branch and back',
    lines: ['git checkout feature && cat f.txt', 'git checkout main'],
    leaves: { 'f.txt': null, 'a.txt': 'three\n' },
  }),
  inHistory({
    name: 'starts a branch where a remote one is',
    lines: ['git fetch origin', 'git checkout -b mine origin/feature'],
    leaves: { 'f.txt': 'feature\n' },
    holds: 'test "$(git rev-parse mine)" = "$(git rev-parse origin/feature)"',
  }),
  inHistory({
    name: 'pulls what is new',
    lines: ['git reset --hard HEAD~1', 'git pull --ff-only origin main'],
    leaves: { 'a.txt': 'three\n' },
  }),
  inHistory({
    name: 'merges a branch',
    lines: ['git merge feature'],
    leaves: { 'f.txt': 'feature\n' },
    holds: 'git log --merges --oneline | grep -q feature',
  }),
  inHistory({
    name: 'rebases a branch',
    lines: ['git checkout -q feature && git rebase main'],
    leaves: { 'a.txt': 'three\n', 'f.txt': 'feature\n' },
    holds: 'git merge-base --is-ancestor main feature',
  }),
  inHistory({
    name: 'stops at a conflict, which is settled and goes on',
    lines: [
      'git checkout -q -b other main~1 && echo other > a.txt && git commit -qam other',
      'git rebase main; test -d .git/rebase-merge',
      'echo both > a.txt && git add a.txt && git rebase --continue',
    ],
    leaves: { 'a.txt': 'both\n' },
    holds: 'test "$(git log --format=%s | head -2 | tr "\\n" " ")" = "other third "',
  }),
  inHistory({
    name: 'sets changes aside and takes them up again',
    lines: ['echo half > a.txt && git stash', 'cat a.txt', 'git stash pop'],
    leaves: { 'a.txt': 'half\n' },
  }),
  inHistory({
    name: 'tags a version',
    lines: ['git tag -a v1 -m "version one"', 'git describe'],
    says: /^v1$/m,
  }),
  inHistory({
    name: 'looks at history, differences and who wrote what',
    lines: ['echo four >> a.txt', 'git log --oneline && git diff && git blame a.txt'],
    says: /third[\s\S]*\+four[\s\S]*Not Committed Yet/,
    leaves: { 'a.txt': 'three\nfour\n' },
  }),
  inHistory({
    name: 'amends the last commit and reverts it',
    lines: ['git commit --amend -m better', 'git revert HEAD'],
    leaves: { 'a.txt': 'one\n' },
    holds: 'test "$(git log -1 --format=%s)" = \'Revert "better"\'',
  }),
  inHistory({
    name: 'deletes a branch that was merged',
    lines: ['git merge -q feature', 'git branch -d feature'],
    holds: '! git rev-parse -q --verify feature',
  }),
  inHistory({
    name: 'writes a patch and applies it',
    lines: ['echo patched > a.txt && git diff > p.diff && git checkout a.txt', 'git apply p.diff'],
    leaves: { 'a.txt': 'patched\n' },
  }),
];
