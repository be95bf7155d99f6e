import type { Perform } from '../../domain/action.ts';
import type { Roster } from '../../trust/devices/roster.ts';
import type { SetupCodes } from '../../trust/devices/setup-codes.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { Identify } from './identify.ts';

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
