import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import { canonical, type Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { JailSpec, JailStatus, Lend } from '../domain/jail.ts';
import { chooseJail } from '../domain/jail-choice.ts';
import type { Covers } from '../domain/undo.ts';
import { redeem } from '../governance/grant.ts';
import { type Look, limitsIn, lookAt, type ShellRequest } from './look.ts';
import type { LauncherDeps, PinnedRequest } from './request.ts';
import { runShown, type ShownDeps } from './run-shown.ts';

/** Linux takes no argument of 128 kB or more. */
const MOST_TEXT = 100_000;

export interface ShellDeps extends LauncherDeps, ShownDeps {
  /** The jails as they are now. */
  jails(): readonly JailSpec[];
  /** What the last probe found; anything but `ready` refuses. */
  status(): JailStatus | Promise<JailStatus>;
  /** Whether what changes in a folder could be taken back. */
  readonly covers: Covers;
  /** What came with the skills that a command names. */
  readonly lend?: Lend;
}

const resourceSchema = z
  .strictObject({
    argv: z
      .array(z.string().refine((word) => !word.includes('\0'), 'holds a NUL'))
      .min(1)
      .max(1000)
      .optional(),
    line: z.string().regex(/\S/, 'is empty').max(MOST_TEXT).optional(),
    cwd: z.string().min(1).max(4096).optional(),
    jail: z.string().min(1).optional(),
    stdin: z.string().max(1_000_000).optional(),
  })
  .refine(
    ({ argv, line }) => (argv === undefined) !== (line === undefined),
    'needs either argv or line',
  );

/**
 * The action `shell.exec`: `{argv or line, cwd?, jail?, stdin?}`. A line is read by atom, and a shell is
 * given what atom printed of it. Its result is what `runShown` makes of it. What was looked at in
 * `prepare` is looked at again in `execute`, once nobody else may write in the folder, and the command
 * runs only if nothing changed.
 */
export const createShellExec = (deps: ShellDeps): Action => ({
  name: 'shell.exec',
  async prepare(resource, agent) {
    requireJail(await deps.status());
    const look = await lookAt(deps, parse(resource), agent ? { agent } : {});
    const { resource: wished, facts, argv, card, touches, jail, line, reversible } = look;
    const script = line ? { script: line.script, aliases: line.aliases } : {};
    const speaks = look.jail.network?.length ? { speaksTo: look.jail.network } : {};
    const back = reversible === undefined ? {} : { reversible };
    return {
      resource: wished,
      facts,
      argv,
      ...script,
      card,
      jail: jail.name,
      ...touches,
      ...back,
      ...speaks,
    };
  },
  async execute(grant, signal, onUpdate) {
    const { request, prepared, complexity } = redeem(grant);
    requireJail(await deps.status());
    const wish = parse(prepared.resource);
    const jail = chooseJail(deps.jails(), { jail: wish.jail, path: wish.cwd }, undefined);
    let missing: readonly string[] = [];
    const make = async (): Promise<PinnedRequest> => {
      const look = await lookAt(deps, wish, { limits: limitsIn(prepared.facts) });
      refuseChanged(look.facts, prepared.facts);
      missing = look.line?.missing ?? [];
      return launchRequest(look, complexity);
    };
    const wanted = { jail: jailFor(jail, complexity), run: request.id, keep: request.id, make };
    return runShown(deps, { late: wanted, jail, missing: () => missing }, { signal, onUpdate });
  },
});

function refuseChanged(now: Json, decided: Json): void {
  if (canonical(now) === canonical(decided)) return;
  throw new AtomError('blocked', 'The command’s files or folder changed since it was decided.', {
    next: ['Ask for it again.'],
  });
}

function parse(resource: Json): ShellRequest {
  return readAs(resourceSchema, resource, 'That is not a command');
}

/** Throws AtomError `unavailable` where no command can run, with what installs a jail. */
export function requireJail(status: JailStatus): void {
  if (status.state === 'ready') return;
  const held =
    status.state === 'unavailable'
      ? status.reason
      : `it does not hold: ${status.checks.flatMap((c) => (c.held ? [] : [c.detail])).join(', ')}`;
  const install = status.state === 'unavailable' ? status.install : undefined;
  throw new AtomError('unavailable', `No command can run, because there is no jail: ${held}`, {
    next: [...(install === undefined ? [] : [install]), 'atom doctor'],
  });
}

/**
 * What was taken for a look gets a jail that it cannot write to, and no network: then a command that was
 * judged too mildly, or a repository that runs programs of its own, changes nothing all the same.
 */
function jailFor({ network, ...jail }: JailSpec, complexity: Complexity): JailSpec {
  if (complexity === 1) return { ...jail, mode: 'read-only', git: 'read-only' };
  return { ...jail, ...(network === undefined ? {} : { network }) };
}

const launchRequest = (
  { jail, named, cwd, stdin, program, folderId, shows, lent, unprotected, limits }: Look,
  complexity: Complexity,
): PinnedRequest => ({
  jail: jailFor(jail, complexity),
  cwd,
  program,
  folderId,
  shows,
  unprotected,
  argv: named.argv,
  pinned: named.pinned,
  limits,
  readOnly: lent.map(({ host, inside }) => ({ host, inside })),
  ...(complexity > 1 && jail.network ? { speaksTo: jail.network } : {}),
  ...(stdin === undefined ? {} : { stdin }),
});
