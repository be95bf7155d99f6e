import type { Action } from '../domain/action.ts';
import { isVouched } from '../domain/owned-device.ts';
import { realPathOf } from '../files/changes.ts';
import { createTrustFiles, type TrustFiles } from '../governance/labels/trust-files.ts';
import { createStanding, type Standing } from '../governance/standing/standing.ts';
import { createDeviceAdmit } from '../trust/devices/admit-action.ts';
import { createRoster, type Roster } from '../trust/devices/roster.ts';
import { createFilesTrust } from '../trust/files-trust.ts';
import { createRulesLoosen } from '../trust/rules-loosen.ts';
import { createStandingGive } from '../trust/standing-give.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { createRules, type OwnRules } from './rules.ts';

/** What the owner laid down: rules that tighten, and yeses that stand. */
export interface Trust {
  readonly rules: OwnRules;
  readonly standing: Standing;
  /** What of the files in jails counts as strangers' words, and how the owner lifts that. */
  readonly files: TrustFiles;
  /** Devices and programs that hold a key to the gateway. */
  readonly roster: Roster;
  /** Acts that only the owner may do. */
  readonly actions: readonly Action[];
}

export async function createTrust(options: AtomOptions, records: Records): Promise<Trust> {
  const { store, audit, boot, users } = records;
  const rules = await createRules(options, records);
  const standing = createStanding({ store, audit, clock: options.clock });
  const roster = createRoster({ store, audit, clock: options.clock });
  const files = createTrustFiles({ store, audit, boot, realOf: realPathOf });
  return {
    rules,
    standing,
    files,
    roster,
    actions: [
      ...[createStandingGive(standing), createRulesLoosen(rules), createFilesTrust(files)],
      createDeviceAdmit({
        ...roster,
        isVouched: (owner) => isVouched(users.list(), owner),
        onOwned: users.own,
      }),
    ],
  };
}
