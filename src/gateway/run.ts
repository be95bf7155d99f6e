import { dirname } from 'node:path';
import { type AtomOptions, createAtom } from '../atom.ts';
import type { LogLine } from '../base/log.ts';
import { ensureFolder } from '../config/folder.ts';
import { openDoors } from './doors.ts';
import { createEnding, type Ending } from './ending.ts';
import { createHub } from './hub.ts';
import type { Kernel } from './kernel.ts';
import { kernelFor } from './kernel-for.ts';
import { createGatewayLog } from './log.ts';
import { openLogFile } from './log-file.ts';
import { sayStart } from './say-start.ts';

export interface RunOptions extends Omit<AtomOptions, 'log' | 'emit'> {
  /** Told every line of the log, as it is written. */
  readonly onLine: (line: LogLine) => void;
  /** A pipe that ends when the terminal UI does; then the gateway stops as well. */
  readonly lifelineFd?: number;
  /** For one command of the owner: the skills are loaded, but nothing is received, sent or listened for. */
  readonly alone?: boolean;
}

const LOAD_MS = 60_000;

export interface RunningGateway extends Pick<Ending, 'stop' | 'closed'> {
  /** Resolves once the skills are loaded as well, so that all of the start is over. */
  settled(): Promise<void>;
}

/**
 * Runs the gateway of a profile in this process. Throws AtomError `already-running` where the profile
 * has one, before anything is opened.
 */
export async function runGateway(options: RunOptions): Promise<RunningGateway> {
  const hub = createHub((kind) => log.warn(`${kind}: an event too large for a frame was left out`));
  const gatewayLog = createGatewayLog(options.config.log.level, options.paths.profile);
  const { log } = gatewayLog;
  gatewayLog.add(options.onLine);
  gatewayLog.add((line) => hub.emit({ kind: 'log', line }));
  ensureFolder(dirname(options.paths.socket));
  ensureFolder(options.paths.data);
  const kernel = Promise.withResolvers<Kernel>();
  // Who connects while atom is being opened waits for its answers.
  let opened: Kernel | undefined;
  const later: Kernel = {
    call: async (...call) => (await kernel.promise).call(...call),
    told: (...told) => opened?.told(...told) ?? false,
  };
  // Holding the socket comes first: two gateways must not open one database.
  const doors = await openDoors({ ...options, kernel: later, hub, log });
  try {
    const logFile = openLogFile(options.paths.logs);
    gatewayLog.add(logFile.write);
    const atom = await createAtom({ ...options, log, emit: hub.emit });
    const ports = doors.ports(atom);
    const release = async (): Promise<void> => {
      await doors.close();
      logFile.close();
    };
    const ending = createEnding({ atom, hub, log, ports, release });
    opened = kernelFor({ atom, hub, startedAt: options.clock.now(), ending, ports });
    kernel.resolve(opened);
    ending.follow(options.lifelineFd);
    if (options.alone === true) {
      await atom.skills.load(AbortSignal.timeout(LOAD_MS));
      return { ...ending, settled: atom.skills.loaded };
    }
    sayStart(atom, log);
    // First: what channels and skills begin with the start would hold it up. As on the socket, what is said
    // before the start is kept for it.
    await ports.network.settle();
    await atom.start();
    await ports.webhooks.settle();
    log.info('ready', { model: options.config.model });
    return { ...ending, settled: atom.skills.loaded };
  } catch (error) {
    await doors.close();
    throw error;
  }
}
