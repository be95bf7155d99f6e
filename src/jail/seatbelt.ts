import type { JailLimits, JailSpec } from '../domain/jail.ts';
import { protectedNames } from '../domain/protected-names.ts';
import { gitReadOnly } from './guards.ts';

/** What a command on macOS may reach. Paths are real: /private/tmp, not /tmp. */
export interface SeatbeltProfile extends Pick<JailSpec, 'git' | 'unprotected' | 'shows'> {
  readonly folder: string;
  readonly mode: JailSpec['mode'];
  /** A private folder for temporary files. */
  readonly tmp: string;
  readonly toolchains: readonly string[];
  /** What the owner marked private, absolute. */
  readonly hidden?: readonly string[];
  /** Protected names that the command is for replacing. */
  readonly unprotected?: readonly string[];
  readonly readOnly: readonly { readonly host: string; readonly inside: string }[];
  readonly argv: readonly string[];
  readonly limits: JailLimits;
  /** Port on this machine's loopback that it may connect to: its proxy. */
  readonly proxyPort?: number | undefined;
}

/** Folders of macOS that every jailed command may read. */
export const seatbeltShown: readonly string[] = [
  ...['/usr', '/bin', '/sbin', '/System', '/Library/Apple'],
  ...['/Library/Developer/CommandLineTools', '/opt/homebrew'],
];

/** Arguments of /usr/bin/sandbox-exec. Pure. Paths are parameters, never part of the profile's text. */
export function seatbeltArguments(profile: SeatbeltProfile): readonly string[] {
  const { shows = [] } = profile;
  const extra = [...profile.toolchains, ...profile.readOnly.map(({ host }) => host), ...shows];
  const parameters = [
    ['JAIL', profile.folder],
    ['TMP', profile.tmp],
    ...extra.map((path, i) => [`EXTRA${i}`, path]),
  ];
  return [
    ...['-p', profileText(profile, extra.length)],
    ...parameters.flatMap(([name, path]) => ['-D', `${name}=${path}`]),
    ...['--', ...limited(profile)],
  ];
}

function profileText(profile: SeatbeltProfile, extras: number): string {
  const { folder, mode, hidden = [], shows = [], proxyPort } = profile;
  const shown = seatbeltShown.map((path) => `(subpath "${path}")`).join(' ');
  const below = `^${escapeRegex(folder)}/(.*/)?`;
  const extra = Array.from({ length: extras }, (_, i) => `(subpath (param "EXTRA${i}"))`).join(' ');
  return [
    '(version 1)',
    '(deny default)',
    '(import "system.sb")',
    '(allow process-exec)',
    '(allow process-fork)',
    '(allow signal (target same-sandbox))',
    '(allow process-info* (target same-sandbox))',
    `(allow file-read* file-map-executable ${shown})`,
    ...(extras > 0
      ? [
          `(allow file-read* file-map-executable ${extra})`,
          `(allow file-read-metadata ${extra.replaceAll('subpath', 'path-ancestors')})`,
        ]
      : []),
    '(allow file-read* (subpath "/private/etc/ssl") (literal "/private/etc/localtime"))',
    '(allow file-read* (literal "/dev/null") (literal "/dev/urandom"))',
    '(allow file-write-data (literal "/dev/null"))',
    '(allow file-read-metadata (path-ancestors (param "JAIL")) (path-ancestors (param "TMP")))',
    '(allow file-read* (subpath (param "JAIL")))',
    '(allow file-read* file-write* (subpath (param "TMP")))',
    ...(mode === 'read-write' ? ['(allow file-write* (subpath (param "JAIL")))'] : []),
    ...readOnlyNames(profile).map((name) => denyRegex('file-write*', `${below}${name}$`)),
    ...[folder, ...shows].flatMap(withoutSecrets),
    ...hidden.map((path) => denyRegex('file-read* file-write*', `^${anyCase(path)}(/.*)?$`)),
    '(deny file-write-setugid)',
    '(deny network*)',
    ...(proxyPort === undefined
      ? []
      : [`(allow network-outbound (remote ip "localhost:${proxyPort}"))`]),
    '(deny mach-lookup (global-name-regex #"launchservices|coreservices|appleevents|pasteboard|securityd|SecurityServer|trustd"))',
  ].join('\n');
}

/** What may not be changed at any depth, as regular expressions for what follows a folder. */
function readOnlyNames({ git = 'guarded', unprotected = [] }: SeatbeltProfile): readonly string[] {
  const names = protectedNames.filter((name) => name !== '.git' && !unprotected.includes(name));
  const repository = {
    open: [],
    'read-only': ['.git'],
    guarded: [...gitReadOnly, 'worktrees'].map((part) => `.git/${part}`),
  }[git];
  return [
    ...[...names, ...repository].map((name) => `${anyCase(name)}(/.*)?`),
    // The folders themselves: one that is moved away takes its rules along.
    ...(git === 'guarded' ? ['.git', '.git/objects', '.git/objects/info'].map(anyCase) : []),
  ];
}

function withoutSecrets(folder: string): readonly string[] {
  const below = `^${escapeRegex(folder)}/(.*/)?`;
  return [
    denyRegex('file-read*', `${below}${anyCase('.env')}([.][^/]*)?(/.*)?$`),
    denyRegex('file-read*', `${below}[^/]*${anyCase('.pem')}(/.*)?$`),
    denyRegex('file-read*', `${below}${anyCase('id_')}[^/]*(/.*)?$`),
  ];
}

const denyRegex = (operation: string, regex: string): string =>
  `(deny ${operation} (regex #"${regex}"))`;

/** Bracketed, because a backslash in a profile's regex also escapes for the profile's own reader. */
const escapeRegex = (text: string): string =>
  text.replace(/[.*+?()[\]{}|$"^\\]/g, (char) =>
    char === '^' || char === '\\' || char === '"' ? '.' : `[${char}]`,
  );

/** The file system of macOS does not tell case apart, so the rules must not either. */
const anyCase = (name: string): string =>
  escapeRegex(name).replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** The words after `"$@"` are never read by the shell: it sets limits and becomes the program. */
function limited({ argv, limits }: SeatbeltProfile): readonly string[] {
  const blocks = Math.floor(limits.fileBytes / 512);
  const set = `ulimit -c 0 -n ${limits.openFiles} -t ${limits.cpuSeconds} -f ${blocks}`;
  return ['/bin/sh', '-c', `${set} && exec "$@"`, 'sh', ...argv];
}
