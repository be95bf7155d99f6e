/** The shells, and whatever runs code that its words or its input hold. */
const INTERPRETERS =
  'sh bash dash zsh ksh mksh fish csh tcsh ash rbash busybox toybox python pypy perl ruby node nodejs deno bun tsx php lua luajit tclsh wish expect rscript r java jshell groovy scala kotlin guile racket clojure elixir erl ghc runghc ocaml swift julia octave gdb lldb awk gawk mawk nawk sed ed ex vi vim nvim view emacs nano less more most man sqlite psql mysql mariadb redis bc dc m jq';
/** Programs that run another one, which their words, a file or a server name. */
const STARTERS =
  'env xargs sudo doas su pkexec run runuser nice nohup timeout stdbuf setsid setpriv chroot unshare nsenter ionice chrt taskset choom prlimit time watch strace ltrace script parallel flock systemd systemctl at batch crontab start find fd rg tar cpio zip unzip rsync git-shell make gmake ninja cmake meson bazel just task rake ant mvn gradle npm npx pnpm yarn corepack pip pipx uv uvx poetry cargo go gem bundle composer dotnet tox pytest docker podman nerdctl kubectl helm vagrant ansible terraform ssh scp sftp sshfs telnet nc ncat netcat socat curl wget ftp tmux screen direnv mise asdf nix apt apt-get aptitude dpkg dnf yum rpm pacman apk zypper brew snap flatpak';
const NEVER: ReadonlySet<string> = new Set(`${INTERPRETERS} ${STARTERS}`.split(' '));

/** Commands of git that run programs, or change what later ones do. */
const GIT_NEVER: ReadonlySet<string> = new Set(
  'submodule bisect rebase filter-branch difftool mergetool config hook maintenance daemon instaweb credential send-email remote worktree clone init'.split(
    ' ',
  ),
);

/** Commands of git that a prefix may stand for: their further words only name more of the same. */
const GIT_PREFIX: ReadonlySet<string> = new Set(['add', 'push', 'fetch', 'pull', 'tag']);
/** Programs whose further words name more to destroy, or somewhere else to write. */
const NO_PREFIX: ReadonlySet<string> = new Set(
  'rm rmdir unlink shred dd truncate mv cp ln install chmod chown chgrp chattr setfacl kill pkill killall tee split patch mkfs mount umount sort'.split(
    ' ',
  ),
);

/**
 * Why no standing approval may ever answer a command, in words that follow “because”; undefined where
 * one may. `program` is its real path: a link by another name is still that program.
 */
export function whyNever(words: readonly string[], program: string): string | undefined {
  const [called = '', second] = words;
  const banned = [called, program]
    .map(base)
    .find((name) => NEVER.has(name) || NEVER.has(stem(name)));
  if (banned !== undefined) return `${banned} runs whatever it is told to run`;
  if (!isGit(words, program)) return undefined;
  if (second === undefined || second.startsWith('-'))
    return 'options stand before the command of git, or there is none';
  return GIT_NEVER.has(second) ? `git ${second} can run other programs` : undefined;
}

/** Whether words may be kept as the beginning of more: never a bare program, never one that destroys. */
export function mayBegin(words: readonly string[], program: string): boolean {
  const [called = '', second] = words;
  if (second === undefined || words.slice(1).some(isOption)) return false;
  if (isGit(words, program)) return GIT_PREFIX.has(second);
  return ![called, program]
    .map(base)
    .some((name) => NO_PREFIX.has(name) || NO_PREFIX.has(stem(name)));
}

/**
 * A word that may follow where a prefix stands: no option, no way out of the folder, and nothing that
 * a program reads as more than a name (`+main`, `a:b`, `x=y`).
 */
export const mayFollow = (word: string): boolean =>
  word !== '' && !/^[-+/~@]|[:=]/.test(word) && !word.split('/').includes('..');

const isOption = (word: string): boolean => word.startsWith('-');

const isGit = ([called = '']: readonly string[], program: string): boolean =>
  [called, program].map(base).includes('git');

/** The last part of a path, without case: some systems find `GIT` and `git` alike. */
const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/** Without what versions and editions add: `python3.11`, `vim.basic`, `docker-compose`. */
const stem = (name: string): string => /^[a-z_]+/.exec(name)?.[0] ?? name;
