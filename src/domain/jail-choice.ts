import { isAbsolute, relative } from 'node:path';
import { AtomError } from '../base/errors.ts';
import type { Agent } from './agent.ts';
import type { JailSpec } from './jail.ts';

/** True where `path` is `folder` or lies below it. Both absolute and free of links; reads nothing. */
export function isInside(folder: string, path: string): boolean {
  if (isPlain(folder) && isPlain(path)) return path === folder || path.startsWith(`${folder}/`);
  const rest = relative(folder, path);
  return rest === '' || (!isAbsolute(rest) && rest !== '..' && !rest.startsWith('../'));
}

/** True for an absolute path without an empty part, `.` or `..`: its text alone tells what it lies in, and sooner. */
const isPlain = (path: string): boolean => path.startsWith('/') && !/\/\.{0,2}(?:\/|$)/.test(path);

/** What a request says about where it wants to be. `path` matters only where it is absolute. */
export interface JailWish {
  readonly jail?: string | undefined;
  readonly path?: string | undefined;
}

/**
 * The jail a request means: the one it names, else the innermost one around an absolute path, else
 * the agent's workspace. Throws AtomError `blocked` where there is none, or the agent may not use it.
 */
export function chooseJail(
  jails: readonly JailSpec[],
  wish: JailWish,
  agent: Agent | undefined,
): JailSpec {
  if (wish.jail === undefined && wish.path !== undefined && isAbsolute(wish.path))
    return allowed(around(jails, wish.path), agent, { violates: true });
  const name = wish.jail ?? agent?.workspace ?? jails[0]?.name;
  const found = jails.find((jail) => jail.name === name);
  if (found) return allowed(found, agent, {});
  throw new AtomError('blocked', `There is no jail named ${name ?? '(none)'}.`, {
    next: ['atom jails list'],
  });
}

/** Naming a place elsewhere oversteps; having a workspace that one may not use is no fault of an agent's. */
function allowed(
  jail: JailSpec,
  agent: Agent | undefined,
  { violates = false }: { readonly violates?: boolean },
): JailSpec {
  if (agent?.jails === undefined || agent.jails.includes(jail.name)) return jail;
  throw new AtomError('blocked', `The agent ${agent.name} may not use the jail ${jail.name}.`, {
    violates,
    next: [`atom agents show ${agent.name}`],
  });
}

/** The jail of a name. Throws AtomError `not-found`. */
export function jailNamed(jails: readonly JailSpec[], name: string): JailSpec {
  const found = jails.find((jail) => jail.name === name);
  if (found) return found;
  throw new AtomError('not-found', `There is no jail "${name}"`, {
    next: ['See which there are:   atom jails list'],
  });
}

function around(jails: readonly JailSpec[], path: string): JailSpec {
  const [innermost] = jails
    .filter((jail) => isInside(jail.folder, path))
    .sort((a, b) => b.folder.length - a.folder.length);
  if (innermost) return innermost;
  throw new AtomError('blocked', `${path} lies outside every jail.`, {
    violates: true,
    next: ['atom jails list', 'atom jails add <folder>'],
  });
}
