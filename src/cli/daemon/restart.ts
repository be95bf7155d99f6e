import { existsSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { within } from '../channels/within.ts';
import type { Cli } from '../cli.ts';
import { notRunning, whoRuns } from '../gateway.ts';
import { endGateway } from '../stop.ts';
import { type Daemon, daemonOf } from './place.ts';
import { again, stateOf } from './supervisor.ts';

/** A gateway opens its store, probes its jail and listens; on a slow machine this takes a while. */
const READY_MS = 30_000;

/**
 * Has the service of this profile end its gateway, once what runs is finished, and start it again. One that was
 * started by hand is left alone: from here it could be ended, and nothing would start it again.
 */
export async function restart(cli: Cli, force: boolean): Promise<void> {
  const running = await whoRuns(cli);
  const service = await serviceOf(cli, running?.pid);
  // What cannot be started again is not ended.
  await loadConfig(cli.paths, cli.env);
  if (running !== undefined) await endGateway(cli, force);
  await again(service);
  const pid = await answering(cli, service);
  if (cli.out.json) return cli.out.object({ restarted: true, pid, before: running?.pid ?? null });
  const before = running === undefined ? 'it did not run before' : `before: ${running.pid}`;
  cli.out.say(
    `${service.name} runs the gateway of profile "${cli.paths.profile}" (pid ${pid}; ${before}).`,
  );
}

/** The service that runs this gateway, or would. Throws AtomError where there is none, or where it runs another. */
async function serviceOf(cli: Cli, pid: number | undefined): Promise<Daemon> {
  const service = daemonOf(cli);
  if (!existsSync(service.file))
    throw pid === undefined ? notRunning(cli.paths.profile) : byHand(pid, 'install');
  const state = await stateOf(service);
  // Nothing is ended that could then not be started.
  if (state === undefined)
    throw new AtomError('unavailable', `${service.manager} does not answer; nothing was ended.`, {
      next: ['How the service is doing:   atom service status'],
    });
  if (pid !== undefined && !UP.includes(state)) throw byHand(pid, 'status');
  return service;
}

/** What managers call a service that runs, or is about to. */
const UP = [
  'active',
  'activating',
  'reloading',
  'deactivating',
  'running',
  'loaded',
  'spawn scheduled',
];

function byHand(pid: number, verb: 'install' | 'status'): AtomError {
  const sentence = `The gateway (pid ${pid}) was started by hand, in a terminal or by another program: ended from here, nothing would start it again. It still runs.`;
  return new AtomError('unavailable', sentence, {
    next: [
      'Here instead of there:   atom stop && atom start',
      verb === 'install'
        ? 'So that it can be restarted:   atom stop, then atom service install'
        : 'Why the service does not run it:   atom service status',
    ],
  });
}

async function answering(cli: Cli, { manager, name }: Daemon): Promise<number> {
  const hello = await within(READY_MS, () => whoRuns(cli));
  if (hello !== undefined) return hello.pid;
  throw new AtomError('failed', `${name} was started, and its gateway does not answer.`, {
    next: [
      'How it is doing:   atom service status',
      ...(manager === 'systemd' ? [`Why:   journalctl --user -u ${name} -n 20`] : []),
      'What it wrote:   atom logs',
    ],
  });
}
