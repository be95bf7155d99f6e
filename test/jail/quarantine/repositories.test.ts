import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeScene, type Scene } from '../scene.ts';

const WHO = '-c user.name=a -c user.email=a@b';

let scene: Scene;
let folder: string;

beforeEach(async () => {
  scene = await makeScene();
  folder = scene.jail.folder;
});
afterEach(() => scene.remove());

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const isThere = (path: string): boolean =>
  lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
/** The owner's own git, outside any jail. */
const git = (...words: readonly string[]): string =>
  execFileSync('git', [...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: scene.home, GIT_CONFIG_NOSYSTEM: '1' },
  });

async function left(script: string): Promise<readonly string[]> {
  const { quarantined = [], ending, stderr } = await scene.sh(script);
  expect(ending, stderr).toEqual({ kind: 'exit', code: 0 });
  for (const path of quarantined) expect(isThere(path), path).toBe(false);
  return quarantined.toSorted();
}

describe('a repository that a command makes the ordinary way', () => {
  test('stays, and serves for cloning, committing, branching, rebasing and worktrees', async () => {
    expect(
      await left(`git init -q --bare store.git && git --git-dir=store.git config user.name x`),
    ).toEqual([]);
    expect(
      await left(
        `git clone -q store.git site 2>&1 && cd site && git config user.email a@b && git config user.name 'A "B" C' && echo 1 > f && git add f && git commit -qm one && git push -q origin HEAD`,
      ),
    ).toEqual([]);
    const branch =
      'cd site && git switch -qc side && echo 2 > g && git add g && git commit -qm two && ' +
      'git switch -q - && echo 3 > h && git add h && git commit -qm three && git rebase -q side && git branch -u origin/HEAD 2>/dev/null; ' +
      'git worktree add -q ../tree side && git -C ../tree log --oneline';
    expect(await left(branch)).toEqual([]);
    expect(
      await left(
        'cd site && git log --oneline | wc -l | grep -q 3 && git -C ../tree status --porcelain',
      ),
    ).toEqual([]);
    expect(git('-C', 'site', 'status', '--porcelain')).toBe('');
    expect(git('-C', 'tree', 'log', '--oneline').split('\n')).toHaveLength(3);
  });

  test('stays where one was interrupted in the middle', async () => {
    await left(`git init -q . && echo 1 > f && git add f && git ${WHO} commit -qm one`);
    const script = `git switch -qc side && echo 2 > f && git ${WHO} commit -qam two && git switch -q - && echo 3 > f && git ${WHO} commit -qam three; git ${WHO} rebase side; touch .git/index.lock; true`;
    expect(await left(script)).toEqual([]);
    expect(isThere('.git/rebase-merge')).toBe(true);
    expect(isThere('.git/index.lock')).toBe(true);
  });

  test('can be worked on in a worktree, which cannot be made to lead elsewhere', async () => {
    await left(`git init -q . && echo 1 > f && git add f && git ${WHO} commit -qm one`);
    expect(await left('git worktree add -q tree && git worktree add -q other')).toEqual([]);
    expect(await left(`cd tree && echo 2 > f && git ${WHO} commit -qam two`)).toEqual([]);
    const attack =
      'mkdir -p .evil && cd .git && ! echo ../../.evil > worktrees/tree/commondir && ' +
      `perl -e 'exit(rename("worktrees", "w") || rename("worktrees/tree", "w") || unlink("worktrees/tree/gitdir"))' && ` +
      'ln -s ../../.evil worktrees/link && echo evil > worktrees/other/config.worktree';
    expect(await left(attack)).toEqual([
      '.git/worktrees/link',
      '.git/worktrees/other/config.worktree',
    ]);
    expect(git('-C', 'tree', 'log', '--oneline').trim().split('\n')).toHaveLength(2);
  });

  test('stays where its folder is moved', async () => {
    put('lib/.git/config', '[core]\n\thooksPath = .husky\n');
    put('lib/.git/hooks/pre-commit', 'mine');
    expect(await left('mv lib vendor')).toEqual([]);
    expect(isThere('vendor/.git/hooks/pre-commit')).toBe(true);
  });
});

const dangerous: readonly (readonly [name: string, script: string, moved: readonly string[]])[] = [
  ['a hook', 'git init -q r && echo evil > r/.git/hooks/pre-commit', ['r/.git/hooks/pre-commit']],
  [
    'a setting that runs a program',
    'git init -q r && git -C r config core.fsmonitor evil',
    ['r/.git/config'],
  ],
  ['an included file', 'git init -q r && git -C r config include.path /tmp/x', ['r/.git/config']],
  ['an alias', "git init -q r && git -C r config alias.st '!evil'", ['r/.git/config']],
  [
    'a remote that is a program',
    "git init -q r && git -C r remote add o 'ext::sh -c evil'",
    ['r/.git/config'],
  ],
  [
    'a remote that is an option',
    "git init -q r && git -C r config remote.o.url '--upload-pack=evil'",
    ['r/.git/config'],
  ],
  [
    'a host that is an option',
    "git init -q r && git -C r config remote.o.url 'ssh://-oProxyCommand=evil/x'",
    ['r/.git/config'],
  ],
  [
    'a filter',
    'git init -q r && echo "* filter=evil" > r/.git/info/attributes && git -C r config filter.evil.clean evil',
    ['r/.git/config', 'r/.git/info/attributes'],
  ],
  [
    'a configuration beside',
    'git init -q r && echo evil > r/.git/config.worktree',
    ['r/.git/config.worktree'],
  ],
  [
    'a common folder elsewhere',
    'git init -q r && mkdir .evil && echo ../../.evil > r/.git/commondir',
    ['r/.git/commondir'],
  ],
  [
    'submodules',
    'git init -q r && mkdir -p r/.git/modules/x/hooks && echo evil > r/.git/modules/x/hooks/post-checkout',
    ['r/.git/modules'],
  ],
  [
    'a worktree with hooks of its own',
    'git init -q r && mkdir -p r/.git/worktrees/y/hooks && echo evil > r/.git/worktrees/y/hooks/post-checkout',
    ['r/.git/worktrees/y/hooks/post-checkout'],
  ],
  [
    'objects elsewhere',
    'git init -q r && echo /elsewhere > r/.git/objects/info/alternates',
    ['r/.git/objects/info/alternates'],
  ],
  [
    'a remote the old way',
    'git init -q r && mkdir -p r/.git/remotes && echo "URL: ext::evil" > r/.git/remotes/origin',
    ['r/.git/remotes'],
  ],
  [
    'a link for hooks',
    'git init -q r && rm -r r/.git/hooks && mkdir h && ln -s ../../h r/.git/hooks && echo evil > h/pre-commit',
    ['r/.git/hooks'],
  ],
  [
    'a link for the configuration',
    'git init -q r && rm r/.git/config && ln -s ../evil r/.git/config && printf "[core]\\nfsmonitor=evil\\n" > r/evil',
    ['r/.git/config'],
  ],
  [
    'a file that leads elsewhere',
    'mkdir r .evil && cp /dev/null .evil/config && echo "gitdir: ../.evil" > r/.git',
    ['r/.git'],
  ],
  [
    'a repository without a .git',
    'git init -q r && mv r/.git d && rmdir r && printf "[core]\\n\\tbare = false\\n\\tworktree = ..\\n\\tfsmonitor = evil\\n" > d/config',
    ['d/config'],
  ],
  [
    'a worktree in a place where nobody looks',
    'mkdir -p node_modules && git init -q node_modules/x && mkdir -p node_modules/x/.git/worktrees/y r && echo ../.. > node_modules/x/.git/worktrees/y/commondir && echo "gitdir: ../node_modules/x/.git/worktrees/y" > r/.git',
    ['r/.git'],
  ],
];

describe('what git would run or follow is moved out of a repository that is new', () => {
  test.each(dangerous)('%s', async (_name, script, moved) => {
    expect(await left(script)).toEqual(moved);
    if (moved.every((path) => path.startsWith('r/.git/'))) git('-C', 'r', 'status');
  });
});

describe('in a repository that was there before', () => {
  beforeEach(() => {
    git('init', '-q', '.');
    git('config', 'core.editor', 'mine');
    git('init', '-q', 'sub');
    git('-C', 'sub', 'config', 'core.editor', 'mine');
    git('-C', 'sub', 'config', 'http.extraheader', 'Authorization: secret');
  });

  test('nothing of the kind can be made where it is protected, and what is new is moved', async () => {
    const script =
      'mkdir -p .git/modules/x/hooks .git/worktrees/y; echo evil > .git/modules/x/hooks/post-checkout; ' +
      'echo evil > .git/config.worktree; echo "* filter=evil" > .git/info/attributes; ' +
      'echo evil > .git/hooks/pre-commit; echo evil > .git/commondir; true';
    expect(await left(script)).toEqual(['.git/commondir', '.git/config.worktree', '.git/modules']);
    git('status');
  });

  test('a folder of hooks that its own settings name is looked at as well', async () => {
    git('config', 'core.hooksPath', 'my/hooks');
    expect(await left('mkdir -p my/hooks && echo evil > my/hooks/pre-commit')).toEqual([
      'my/hooks',
    ]);
  });

  test('another remote beside the owner’s settings is nothing, another program is', async () => {
    expect(await left('git -C sub remote add o https://example.org/x.git')).toEqual([]);
    expect(git('-C', 'sub', 'config', 'core.editor')).toBe('mine\n');
    expect(await left('git -C sub config core.editor evil')).toEqual(['sub/.git/config']);
  });

  test('everything may be made where the owner lets commands change all of it', async () => {
    const script =
      'echo mine > sub/.git/hooks/pre-commit; git init -q r; git -C r config core.editor mine';
    const jail = { ...scene.jail, git: 'open' } as const;
    expect((await scene.sh(script, { jail })).quarantined).toBeUndefined();
    expect(isThere('sub/.git/hooks/pre-commit')).toBe(true);
  });
});
