import type { Perform } from '../../domain/action.ts';
import type { DeviceOwner } from '../../domain/owned-device.ts';
import type { Roster } from '../../trust/devices/roster.ts';
import type { SetupCodes } from '../../trust/devices/setup-codes.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';

/**
 * Whose a device is, by an ID token; `nonce`: what it must have been asked for with. Says who somebody is, and
 * lets nobody in. Throws AtomError `credentials`, `failed` or `blocked`.
 */
export type Identify = (token: string, nonce?: string) => Promise<DeviceOwner>;

/** What the keeping of devices is made from. */
export interface DeviceParts {
  readonly options: Pick<AtomOptions, 'clock' | 'emit' | 'log'>;
  readonly records: Records;
  readonly roster: Roster;
  readonly codes: SetupCodes;
  readonly identify: Identify;
  readonly performAsSystem: Perform;
  /** Tells the owner on every surface. */
  readonly alert: (words: string) => void;
}
