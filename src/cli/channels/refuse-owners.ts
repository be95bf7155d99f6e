import { AtomError } from '../../base/errors.ts';
import { checkConfig } from '../../config/check.ts';
import type { RawConfig } from '../../config/file.ts';
import { listedIn } from '../../config/listed.ts';
import type { Cli } from '../cli.ts';
import { isEnrolled } from '../second-factor/offline.ts';

/**
 * Refuses to make anybody more than a guest by the settings alone where there is a second factor: pairing asks for
 * its code. AtomError `credentials`.
 */
export async function refuseOwners(cli: Cli, before: RawConfig, next: RawConfig): Promise<void> {
  const known = listed(before).map(({ key }) => key);
  const more = listed(next).filter(({ key, role }) => role !== 'guest' && !known.includes(key));
  const [first] = more;
  if (!first || !(await isEnrolled(cli))) return;
  throw new AtomError(
    'credentials',
    `Making ${first.id} ${first.role === 'owner' ? 'an owner' : 'a member'} on ${first.channel} needs a code of the second factor, which the settings cannot ask for.`,
    {
      next:
        first.channel === 'webhook'
          ? ['Let it be a guest, or take the second factor away first:   atom 2fa disable']
          : [`Pair them instead, and say as what:   atom pair ${first.channel}`],
    },
  );
}

/** Whom a file names, whatever else is wrong with it; nobody where that makes no sense. */
function listed(raw: RawConfig) {
  const checked = checkConfig({ version: 1, channels: raw.channels ?? {} });
  if (!checked.ok) return [];
  return [...listedIn(checked.config.channels)].flatMap(([channel, people]) =>
    [...people].map(([id, role]) => ({ channel, id, role, key: `${channel}/${role}/${id}` })),
  );
}
