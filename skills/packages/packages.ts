import type { SkillContext } from 'atom-agent';

/** Programs whose version is asked for; of any other it is only said where it is. */
export const KNOWN = [
  ...['git', 'node', 'npm', 'python3', 'pip3', 'ruby', 'perl', 'php', 'go', 'cargo', 'rustc'],
  ...['java', 'gcc', 'clang', 'make', 'cmake', 'docker', 'curl', 'wget', 'jq', 'sqlite3', 'ffmpeg'],
  ...['tar', 'zip', 'rg', 'tmux', 'vim'],
] as const;

/** Where programs lie that a short PATH leaves out. */
const PLACES = [
  ...['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin'],
  ...['/opt/homebrew/bin', '/opt/local/bin', '/snap/bin'],
];
/** Go tells its version by a word, Java by an option of one dash, and so on. */
const ASKED: Readonly<Record<string, string>> = { go: 'version', java: '-version' };

export const versionWords = (name: string): readonly string[] => [name, ASKED[name] ?? '--version'];

export interface Found {
  readonly name: string;
  readonly path?: string;
  readonly version?: string;
  /** Of a package of the system by this name. */
  readonly package?: string;
}

/** Looks for programs, and for packages of the same names where dpkg keeps them. */
export async function lookFor(
  { exec }: Pick<SkillContext, 'exec'>,
  names: readonly string[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const name of names) {
    const paths = PLACES.map((place) => `${place}/${name}`);
    const [path] = (await exec(['ls', '-d', '--', ...paths])).stdout.split('\n');
    const knows = path !== '' && (KNOWN as readonly string[]).includes(name);
    const version = knows ? await firstLine(exec, versionWords(name)) : '';
    const kept = await firstLine(exec, ['dpkg-query', '-W', '-f', '${Version}', '--', name]);
    found.push({
      name,
      ...(path ? { path } : {}),
      ...(version === '' ? {} : { version }),
      ...(kept === '' ? {} : { package: kept }),
    });
  }
  return found;
}

/** What a command says first; empty where it does not work here. */
async function firstLine(exec: SkillContext['exec'], argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await exec(argv);
  return code === 0 ? ((stdout || stderr).split('\n')[0] ?? '').trim().slice(0, 120) : '';
}

export function foundText({ name, path, version, package: kept }: Found): string {
  if (path === undefined && kept === undefined) return `${name}: not found`;
  const parts = [path ?? 'no program', version, kept === undefined ? '' : `package ${kept}`];
  return `${name}: ${parts.filter((part) => part).join(', ')}`;
}
