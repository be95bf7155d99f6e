import { existsSync, readlinkSync } from 'node:fs';
import { setImmediate as soon } from 'node:timers/promises';
import { AtomError } from '../../../src/base/errors.ts';
import { visibleBlock } from '../../../src/base/visible.ts';
import type { JailSpec, LaunchResult } from '../../../src/domain/jail.ts';
import type { PinnedLaunch } from '../../../src/jail/launch.ts';
import { CANARY, type Ground } from './ground.ts';
import { type Row, scriptOf } from './rows.ts';
import { changed, leftRunning, type Picture, pictureOf, setIdFiles } from './traces.ts';
import type { Verdict } from './verdict.ts';

const MEGABYTE = 1024 ** 2;
const LIMITS = {
  wallMs: 2500,
  processes: 64,
  memoryBytes: 512 * MEGABYTE,
  fileBytes: 256 * MEGABYTE,
  outputBytes: 100_000,
  openFiles: 256,
  cpuSeconds: 10,
};
const LATER = /^(write-outside|persistence)$/;
/** Whatever else a broken jail lets it do, no row is let loose on the processes of this machine. */
const ONLY_INSIDE =
  'case "$(readlink /proc/self/ns/pid)" in "$N"|"") echo CANARY-NAMESPACE; exit;; esac';

/** Runs a row in a jail and looks from the outside at what came of it. */
export async function attempt(launch: PinnedLaunch, ground: Ground, row: Row): Promise<Verdict> {
  const before = pictureOf(ground);
  const run = (script: string): Promise<LaunchResult> => {
    const jail: JailSpec = { name: 'proj', folder: ground.jail, mode: 'read-write' };
    const argv = ['/bin/bash', '-c', `. .x/names\n${ONLY_INSIDE}\n${script}`];
    const limits = { ...LIMITS, ...(row.expected === 'works' ? { wallMs: 15_000 } : {}) };
    const request = { jail, argv, cwd: ground.jail, limits };
    return launch(request, AbortSignal.timeout(20_000), () => undefined);
  };
  const result = await orRefusal(run(scriptOf(row).replaceAll('192.0.2.2', '$L')));
  // What was left in the jail may wait for the next command.
  if (LATER.test(row.kind)) await orRefusal(run('true'));
  await soon();
  const after = pictureOf(ground);
  const seen = [...saidBy(result, ground, row), ...tracesOf(ground, before, after)];
  return verdictOf(row, { result, seen, before, after });
}

interface Come {
  readonly result: LaunchResult | AtomError;
  /** What must not have been. */
  readonly seen: readonly string[];
  readonly before: Picture;
  readonly after: Picture;
}

async function orRefusal(work: Promise<LaunchResult>): Promise<LaunchResult | AtomError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AtomError) return error;
    throw error;
  }
}

function verdictOf(row: Row, { result, seen, before, after }: Come): Verdict {
  if (seen.length > 0) return { row, verdict: 'ESCAPED', why: seen.join('; ') };
  if (row.expected === 'works') return workOf(row, result);
  if (result instanceof AtomError) return { row, verdict: 'refused', why: result.message };
  const moved = result.quarantined ?? [];
  if (moved.length > 0) return { row, verdict: 'contained', why: `moved out: ${moved.join(', ')}` };
  const { kind } = result.ending;
  if (kind !== 'exit' && kind !== 'signal')
    return { row, verdict: 'contained', why: `ended by its limit: ${kind}` };
  const left = changed(before.inside, after.inside);
  if (row.expected === 'residual' && left.length > 0)
    return { row, verdict: 'residual', why: `files of a project are code: ${left.join(', ')}` };
  return row.expected === 'contained'
    ? { row, verdict: 'contained', why: 'it ran, and reached nothing' }
    : { row, verdict: 'held', why: '' };
}

function workOf(row: Row, result: LaunchResult | AtomError): Verdict {
  if (result instanceof AtomError) return { row, verdict: 'BROKEN', why: result.message };
  const wanted = new RegExp(/must print \/(.+)\//.exec(row.note)?.[1] ?? '^');
  const said = `${result.stdout}\n${result.stderr}`.trim();
  const missing = /command not found|No such file or directory/.test(result.stderr);
  if (wanted.test(result.stdout)) return { row, verdict: 'works', why: '' };
  const tool = /^(?:\S+: )?line \d+: (\S+): command not found/m.exec(said)?.[1];
  if (missing && tool !== undefined && !toolIsHere(tool))
    return { row, verdict: 'untried', why: `there is no ${tool} on this machine` };
  return { row, verdict: 'BROKEN', why: `${result.ending.kind}: ${said.slice(-300)}` };
}

const toolIsHere = (name: string): boolean =>
  ['/usr/local/bin', '/usr/bin', '/bin'].some((folder) => existsSync(`${folder}/${name}`));

const OWN_NAMESPACES = ['user', 'pid', 'net', 'ipc', 'uts', 'mnt', 'cgroup'].map((name) =>
  readlinkSync(`/proc/self/ns/${name}`),
);

/** What the command itself tells that it should not be able to. Shells quote a line that they stumble over. */
function saidBy(result: LaunchResult | AtomError, { home }: Ground, { kind }: Row): string[] {
  if (result instanceof AtomError) return [];
  const { stdout } = result;
  const all = stdout + result.stderr.replaceAll(/^.*line \d+:.*$/gm, '');
  const raw = visibleBlock(stdout).replaceAll('\n', '');
  return [
    ...(all.includes(CANARY) ? [`it says ${/CANARY-[\w-]*/.exec(all)?.[0]}`] : []),
    ...OWN_NAMESPACES.filter((name) => all.includes(name)).map((name) => `it shares ${name}`),
    ...(kind === 'read-outside' && stdout.split('\n').some((line) => line.startsWith(`${home}/.`))
      ? ['it knows paths of the home']
      : []),
    ...(kind === 'network' && /^sent$/m.test(stdout) ? ['it sent something'] : []),
    ...(/\p{Cc}/u.test(raw) ? ['its control characters would be shown'] : []),
  ];
}

function tracesOf(ground: Ground, before: Picture, after: Picture): string[] {
  return [
    ...changed(before.outside, after.outside).map((path) => `changed outside: ${path}`),
    ...['/usr/atomx', '/etc/atomx'].filter(existsSync).map((path) => `made ${path}`),
    ...ground.reached().map((what) => `reached ${what}`),
    ...(ground.victimLives() ? [] : ['killed a process outside']),
    ...setIdFiles(after).map((path) => `a set-id file: ${path}`),
    ...leftRunning(ground).map((pid) => `left running: ${pid}`),
    ...changed(before.guarded, after.guarded).map((path) => `changed what others trust: ${path}`),
  ];
}
