import type { Cli } from '../cli.ts';
import { findClock } from './clock.ts';
import type { Finding } from './finding.ts';
import { findHalt } from './halt.ts';
import { findIdentities } from './identities.ts';
import {
  findDatabase,
  findDisk,
  findGateway,
  findNode,
  findPermissions,
  findTools,
} from './machine.ts';
import { findNet } from './network.ts';
import { findChannels, findConfig, findJail, findModel, findSecrets } from './profile.ts';
import { findRecord } from './record.ts';
import { findRunning } from './running.ts';
import { findSecondFactor } from './second-factor.ts';

/** Looks at one thing and changes nothing. */
export type Look = (cli: Cli) => Promise<readonly Finding[]> | readonly Finding[];

/** What makes a profile able to work; `atom init` checks these too. */
export const profileLooks: readonly Look[] = [
  findConfig,
  findJail,
  findModel,
  findChannels,
  findSecrets,
];

/** What of the machine, and of a gateway that runs on it, a profile depends on. */
export const machineLooks: readonly Look[] = [
  findNode,
  findTools,
  findPermissions,
  findDisk,
  findClock,
  findDatabase,
  findRecord,
  findHalt,
  findGateway,
  findRunning,
  findNet,
  findIdentities,
  findSecondFactor,
];
