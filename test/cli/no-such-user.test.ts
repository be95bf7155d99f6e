import { expect, it } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { requireUser } from '../../src/cli/users/known.ts';
import { createProfile } from '../flows/stage/profile.ts';

it('a name that no user has is said to be none, where nothing of theirs was found', async () => {
  const profile = createProfile({
    config: {
      edition: 'enterprise',
      users: { dana: { agents: ['dana'], jails: ['work'], senders: ['telegram:42'] } },
    } as never,
  });
  const cli = { paths: profile.paths, env: { secrets: {}, telegramAllow: [] } } as unknown as Cli;
  await requireUser(cli, 'dana');
  await requireUser(cli, undefined);
  await expect(requireUser(cli, 'nope')).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is no user nope.',
  });
  profile.remove();
});
