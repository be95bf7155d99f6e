import type { Atom } from '../../atom.ts';
import { PROTOCOL } from '../../protocol/limits.ts';
import type { Ports } from '../doors.ts';
import type { Ending } from '../ending.ts';
import type { Hub } from '../hub.ts';
import type { Methods } from '../kernel.ts';
import { approvalMethods } from './approvals.ts';
import { chatMethods } from './chat.ts';
import { controlMethods } from './control.ts';
import { portMethods } from './ports.ts';
import { statsMethods } from './stats.ts';
import { readStatus } from './status.ts';

export interface MethodDeps {
  readonly atom: Atom;
  readonly hub: Hub;
  readonly startedAt: number;
  readonly ending: Ending;
  readonly ports: Ports;
}

/** The table of methods: what a client of the gateway can ask for. */
export const createMethods = (deps: MethodDeps): Methods => {
  const { atom, hub, startedAt } = deps;
  const { network, webhooks } = deps.ports;
  const { stop, stopping } = deps.ending;
  const { options } = atom;
  return {
    ...chatMethods(atom, stopping),
    ...approvalMethods(atom),
    ...controlMethods(atom),
    ...portMethods(atom, deps.ports),
    ...statsMethods(atom, { stopping, webhooks }),
    connect: async (_, { scopes }) => ({
      protocol: PROTOCOL,
      profile: options.paths.profile,
      version: options.version,
      pid: process.pid,
      startedAt,
      boot: hub.boot,
      seq: hub.seq(),
      gap: false,
      scopes,
    }),
    status: () => readStatus({ atom, startedAt, stopping, network, webhooks }),
    'log.recent': async ({ limit }) => ({ lines: hub.recentLog(limit) }),
    stop: async ({ force }) => {
      const running = atom.running.keys();
      stop({ force });
      return { running };
    },
  };
};
