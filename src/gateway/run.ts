import { dirname } from 'node:path';
import { type Atom, type AtomOptions, createAtom } from '../atom.ts';
import { createLog, type Log, type LogFields, type LogLevel, type LogLine } from '../base/log.ts';
import { redact, redactAll } from '../base/redact.ts';
import { ensureFolder } from '../config/folder.ts';
import { createHub } from './hub.ts';
import { createKernel, type Kernel } from './kernel.ts';
import { watchLifeline } from './lifeline.ts';
import { openLogFile } from './log-file.ts';
import { createMethods } from './methods/all.ts';
import { serveConnection } from './socket/connection.ts';
import { listenOn } from './socket/listen.ts';

export interface RunOptions extends Omit<AtomOptions, 'log' | 'emit'> {
  /** Told every line of the log, as it is written. */
  readonly onLine: (line: LogLine) => void;
  /** A pipe that ends when the terminal UI does; then the gateway stops as well. */
  readonly lifelineFd?: number;
}

export interface RunningGateway {
  /** Finishes what runs, then stops; `force` cuts it off. Calling it twice does no harm. */
  stop(options: { readonly force: boolean }): void;
  /** Resolves once everything is closed; rejects where that failed. */
  readonly closed: Promise<{ readonly forced: boolean }>;
}

/** What runs has this long to come to its end. */
const GRACE_MS = 10_000;

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * Runs the gateway of a profile in this process. Throws AtomError `already-running` where the profile
 * has one, before anything is opened.
 */
export async function runGateway(options: RunOptions): Promise<RunningGateway> {
  const { clock, paths, config } = options;
  const hub = createHub();
  const kernel = Promise.withResolvers<Kernel>();
  const least = LEVELS.indexOf(config.log.level);
  const sinks: ((line: LogLine) => void)[] = [
    options.onLine,
    (line) => hub.emit({ kind: 'log', line }),
  ];
  const log = createLog((line) => {
    if (LEVELS.indexOf(line.level) < least) return;
    const safe: LogLine = { ...line, text: redact(line.text), fields: redactFields(line.fields) };
    for (const sink of sinks) sink(safe);
  }, 'gateway');

  ensureFolder(dirname(paths.socket));
  ensureFolder(paths.data);
  // Holding the socket comes first: two gateways must not open one database.
  const later: Kernel = { call: async (...call) => (await kernel.promise).call(...call) };
  const listening = await listenOn(paths.socket, (socket) =>
    serveConnection({ kernel: later, hub, log }, socket),
  );
  const opened = await open(options, { log, emit: hub.emit, sinks }).catch(
    async (error: unknown) => {
      await listening.close();
      throw error;
    },
  );
  const { atom, logFile } = opened;
  const closed = Promise.withResolvers<{ forced: boolean }>();
  let ending: 'no' | 'draining' | 'forced' = 'no';
  const stop = ({ force }: { readonly force: boolean }): void => {
    const first = ending === 'no';
    if (force) ending = 'forced';
    if (force) atom.running.interruptAll();
    if (!first) return;
    if (!force) ending = 'draining';
    hub.emit({ kind: 'stopping', running: atom.running.keys() });
    log.info(force ? 'stopping now' : 'stopping after the current step', {
      running: [...atom.running.keys()],
    });
    atom
      .close(force ? 0 : GRACE_MS)
      .then(async () => {
        log.info('stopped');
        await listening.close();
        logFile.close();
        closed.resolve({ forced: ending === 'forced' });
      })
      .catch(closed.reject);
  };
  const startedAt = clock.now();
  const stopping = (): boolean => ending !== 'no';
  kernel.resolve(createKernel(createMethods({ atom, hub, startedAt, stopping, stop })));
  if (options.lifelineFd !== undefined)
    watchLifeline(options.lifelineFd, () => stop({ force: false }));
  sayReady(atom, log);
  await atom.start();
  log.info('ready', { model: config.model });
  return { stop, closed: closed.promise };
}

interface Sinks {
  readonly log: Log;
  readonly emit: AtomOptions['emit'];
  readonly sinks: ((line: LogLine) => void)[];
}

/** Opens the log file and then atom itself, which has something to say from its first step on. */
async function open(options: RunOptions, { log, emit, sinks }: Sinks) {
  const logFile = await openLogFile(options.paths.logs);
  sinks.push(logFile.write);
  return { logFile, atom: await createAtom({ ...options, log, emit }) };
}

function sayReady({ jails, options }: Atom, log: Log): void {
  const status = jails.status();
  log.info(`listening on ${options.paths.socket}`, { pid: process.pid, version: options.version });
  if (status.state === 'ready') {
    log.info(`jail holds: ${status.mechanism}`, {
      held: status.checks.filter(({ held }) => held).map(({ name }) => name),
    });
    for (const warning of status.warnings) log.warn(warning);
  }
  if (status.state === 'unavailable')
    log.error(
      `no jail, so no command runs: ${status.reason}`,
      status.install ? { install: status.install } : {},
    );
  if (status.state === 'leaking')
    log.error('the jail leaks, so no command runs', {
      leaks: status.checks.filter(({ held }) => !held).map(({ detail }) => detail),
    });
  for (const jail of jails.list()) {
    const trouble = jails.trouble(jail);
    if (trouble === undefined) log.info(`jail ${jail.name}: ${jail.folder} (${jail.mode})`);
    else log.error(`jail ${jail.name} cannot be used: ${trouble}`);
  }
}

const redactFields = (fields: LogFields): LogFields => redactAll(fields) as LogFields;
