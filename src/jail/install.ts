import { AtomError } from '../base/errors.ts';

/** Who would run the installation. */
export interface Installer {
  readonly uid: number;
  readonly hasSudo: boolean;
}

const PACKAGES = ['bubblewrap', 'util-linux'];
/** By the words of ID and ID_LIKE in /etc/os-release. */
const MANAGERS: readonly (readonly [family: RegExp, words: readonly string[]])[] = [
  [/debian|ubuntu/, ['apt-get', 'install', '-y']],
  [/fedora|rhel|centos/, ['dnf', 'install', '-y']],
  [/alpine/, ['apk', 'add']],
  [/arch/, ['pacman', '-S', '--needed', '--noconfirm']],
  [/suse/, ['zypper', '--non-interactive', 'install']],
];

/**
 * The command that installs what the jail needs, for the distribution that `osRelease` (the text of
 * /etc/os-release) names; undefined where the distribution is unknown.
 */
export function installCommand(osRelease: string, who: Installer): readonly string[] | undefined {
  const families = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]+)"?$/gm)].join(' ');
  const found = MANAGERS.find(([family]) => family.test(families));
  if (!found) return undefined;
  return [...(who.uid !== 0 && who.hasSudo ? ['sudo'] : []), ...found[1], ...PACKAGES];
}

/**
 * Runs an installation that its owner has just agreed to, and hands on each line it says. It gets no
 * standard input, for a package manager would change the terminal's mode through it; sudo asks for a
 * password on the terminal itself. Throws AtomError `failed`.
 */
export async function runInstall(
  argv: readonly string[],
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { execa } = await import('execa');
  const [program = '', ...words] = argv;
  const child = execa(program, words, {
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  for await (const line of child.iterable({ from: 'all' })) {
    const seen = lastState(String(line));
    if (seen !== '') onLine(seen);
  }
  const { exitCode, failed } = await child;
  if (failed)
    throw new AtomError('failed', `${argv.join(' ')} ended with ${exitCode ?? 'a signal'}.`);
}

/** What a line shows in the end, where a progress display wrote over it again and again. */
const lastState = (line: string): string => line.trimEnd().split('\r').at(-1)?.trim() ?? '';
