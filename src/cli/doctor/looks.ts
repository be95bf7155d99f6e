import type { Cli } from '../cli.ts';
import { findChannels } from './channels.ts';
import { findClock } from './clock.ts';
import type { Finding } from './finding.ts';
import { findFolders, findJail } from './jail.ts';
import { findDisk, findNode, findPermissions, findTools } from './machine.ts';
import { findModel } from './models.ts';
import { findConfig, findSecrets } from './profile.ts';

/** What some looks cannot be taken without, and what is said where it is not there. */
export const LACKING = {
  settings: 'the settings cannot be used, see config',
  secrets: 'the stored keys cannot be read, see secrets',
  database: 'the database cannot be used, see database',
  gateway: 'it is not known whether a gateway runs, see gateway',
} as const;
export type Ground = keyof typeof LACKING;

/** Looks at one thing and changes nothing. */
export interface Look {
  /** The row in which it is said where it fails, or is not taken. */
  readonly name: string;
  readonly find: (cli: Cli) => Promise<readonly Finding[]> | readonly Finding[];
  readonly needs?: readonly Ground[];
  /** What the looks after it may rely on, unless anything that it finds is bad. */
  readonly proves?: Ground;
}

export const configLook: Look = { name: 'config', find: findConfig, proves: 'settings' };
export const filesLook: Look = { name: 'files', find: findPermissions };

/** What makes a profile able to work; `atom init` checks these too. */
export const profileLooks: readonly Look[] = [
  configLook,
  { name: 'jail', find: findJail },
  { name: 'folder', find: findFolders, needs: ['settings'] },
  { name: 'secrets', find: findSecrets, proves: 'secrets' },
  { name: 'model', find: findModel, needs: ['settings', 'secrets'] },
  { name: 'channels', find: findChannels, needs: ['settings', 'secrets'] },
];

/** What of the machine a profile depends on. */
export const machineLooks: readonly Look[] = [
  { name: 'node', find: findNode },
  { name: 'tools', find: findTools },
  filesLook,
  { name: 'disk', find: findDisk },
  { name: 'clock', find: findClock },
];
