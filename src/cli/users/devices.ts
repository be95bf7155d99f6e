import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { allDevices } from '../../store/tables/devices.ts';
import type { Cli } from '../cli.ts';
import { readRecord } from '../record.ts';

const DEVICE = 'device:';

/**
 * Refuses senders that are devices which are not there, naming those that are: such a user would be nobody until
 * some other device gets that id. Throws AtomError `usage`. What cannot be read yet is not there.
 */
export async function requireDevices(cli: Cli, senders: readonly string[]): Promise<void> {
  const wished = senders
    .filter((one) => one.startsWith(DEVICE))
    .map((one) => one.slice(DEVICE.length));
  if (wished.length === 0) return;
  const rows = (await readRecord(cli, allDevices)) ?? [];
  const known = rows.filter(({ revokedAt }) => revokedAt === undefined);
  const missing = wished.find((id) => !known.some((one) => one.id === id));
  if (missing === undefined) return;
  const there = known.map(({ id, name }) => `${id} (${visible(name)})`).join(', ');
  throw new AtomError('usage', `There is no device ${visible(missing)}.`, {
    next: [
      there === '' ? 'None is connected yet:   atom devices pair' : `There are: ${there}`,
      'See them:   atom devices list',
    ],
  });
}
