import { expect, it } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { requireDevices } from '../../src/cli/users/devices.ts';
import { grantable } from '../../src/domain/caller.ts';
import { insertDevice } from '../../src/store/tables/devices.ts';
import { openKernel } from '../gateway/memory-stage.ts';

it('a user has no device that is not there, and those that are there are named', async () => {
  const { atom, profile } = await openKernel();
  const cli = { paths: profile.paths } as Cli;
  const refused = { code: 'usage', message: 'There is no device d99.' };
  await expect(requireDevices(cli, ['telegram:1', 'device:d99'])).rejects.toMatchObject({
    ...refused,
    next: [expect.stringContaining('None is connected'), expect.anything()],
  });
  const id = await insertDevice(atom.records.store, {
    name: 'pad',
    kind: 'device',
    scopes: grantable,
    addedAt: 1,
    keyHash: 'k',
  });
  await requireDevices(cli, [`device:${id}`]);
  await requireDevices(cli, ['telegram:1']);
  await expect(requireDevices(cli, ['device:d99'])).rejects.toMatchObject({
    ...refused,
    next: [`There are: ${id} (pad)`, expect.anything()],
  });
});
