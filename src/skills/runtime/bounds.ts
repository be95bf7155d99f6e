import { hostNamed } from '../../domain/host-pattern.ts';
import { matchesPath, reachesBelow, splitJail } from '../../domain/path-pattern.ts';
import type { SkillPermissions } from '../../domain/skill.ts';

/** What a skill may ask for, and of which jail it means its patterns that name none. */
export interface Bounds {
  readonly skill: string;
  readonly permissions: SkillPermissions;
  /** Undefined where its agent has no jail. */
  readonly ownJail: string | undefined;
  /** The conversation that it is called in; undefined where it is called outside of one. */
  readonly session?: string | undefined;
}

/** A path in a jail, as it is once it was looked at: no link leads to it, because none is followed. */
export interface JailPath {
  readonly jail: string;
  readonly path: string;
}

/** The patterns that are about a jail. */
function patternsFor(patterns: readonly string[], jail: string, { ownJail }: Bounds) {
  return patterns
    .map(splitJail)
    .flatMap((one) => ((one.jail ?? ownJail) === jail ? [one.path] : []));
}

/** Why a skill may not read or write a file, in words; undefined where it may. */
export function whyNoFile(
  bounds: Bounds,
  how: 'read' | 'write',
  { jail, path }: JailPath,
): string | undefined {
  const patterns = bounds.permissions.fs[how];
  if (patternsFor(patterns, jail, bounds).some((pattern) => matchesPath(pattern, path)))
    return undefined;
  return outside(bounds, `${how} ${jail}:${path}`, `fs.${how}`, patterns);
}

/** Why a skill may not see the names in a folder; undefined where a pattern of it may be in there. */
export function whyNoFolder(bounds: Bounds, { jail, path }: JailPath): string | undefined {
  const patterns = bounds.permissions.fs.read;
  if (patternsFor(patterns, jail, bounds).some((pattern) => reachesBelow(pattern, path)))
    return undefined;
  return outside(bounds, `list ${jail}:${path}`, 'fs.read', patterns);
}

/** Whether a skill may see that something is in a folder. */
export function maySee(bounds: Bounds, { jail, path }: JailPath, isFolder: boolean): boolean {
  return patternsFor(bounds.permissions.fs.read, jail, bounds).some(
    (pattern) => matchesPath(pattern, path) || (isFolder && reachesBelow(pattern, path)),
  );
}

/**
 * Why a skill may not run a command in a jail: it has to begin, word by word, like one that it declared, and
 * its agent's own jail is the only one for it, whatever folder it names.
 */
export function whyNoCommand(
  bounds: Bounds,
  argv: readonly string[],
  jail: string | undefined,
): string | undefined {
  const { commands } = bounds.permissions;
  const command = argv.join(' ').slice(0, 200);
  if (!commands.some((prefix) => prefix.every((word, at) => word === argv[at]))) {
    const known = commands.map((words) => words.join(' '));
    return outside(bounds, `run ${command}`, 'commands', known);
  }
  return jail === bounds.ownJail
    ? undefined
    : `The skill ${bounds.skill} may not run ${command} in ${jail}: its commands run in ${bounds.ownJail}.`;
}

/** Why a skill may not speak to a host; an address only where it stands there as it is, with its port. */
export function whyNoHost(bounds: Bounds, url: URL): string | undefined {
  const { net } = bounds.permissions;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (hostNamed(net, { host: url.hostname, port })) return undefined;
  return outside(bounds, `speak to ${url.host}`, 'net', net);
}

export function whyNoSecret(bounds: Bounds, name: string): string | undefined {
  const { secrets } = bounds.permissions;
  return secrets.includes(name)
    ? undefined
    : outside(bounds, `have the secret ${name}`, 'secrets', secrets);
}

/** Why a skill may not read or change what the agent remembers. Whoever may change it may read it. */
export function whyNoMemory(bounds: Bounds, how: 'read' | 'write'): string | undefined {
  const { memory } = bounds.permissions;
  if (memory === 'write' || memory === how) return undefined;
  return outside(bounds, `${how} the agent's memory`, 'memory', memory === 'none' ? [] : [memory]);
}

export function whyNoReminder(bounds: Bounds): string | undefined {
  return bounds.permissions.reminders
    ? undefined
    : outside(bounds, 'remind of anything', 'reminders', []);
}

const outside = (
  { skill }: Bounds,
  what: string,
  permission: string,
  allowed: readonly string[],
): string =>
  `The skill ${skill} may not ${what}: its permissions name ${allowed.join(', ') || 'nothing'} (${permission}).`;
