import { AtomError } from '../../base/errors.ts';
import { type Identity, identify, openApi } from '../../channels/discord/api.ts';
import { type Trouble, troubleOf } from '../../channels/discord/errors.ts';
import type { Cli } from '../cli.ts';
import { folderOf } from './libraries.ts';
import { readChannel } from './settings.ts';
import { type Unchecked, uncheckedError } from './unchecked.ts';

const TIMEOUT_MS = 15_000;
const WHY: Readonly<Record<Trouble['kind'], Unchecked>> = {
  answer: 'refused',
  limit: 'put-off',
  foreign: 'unreached',
  unsent: 'unreached',
  silence: 'unreached',
};

/**
 * Asks Discord whose a token is. Throws AtomError `credentials` where it is not good, `unavailable` where Discord
 * is not reached; `command` tries again.
 */
export async function identityOf(cli: Cli, token: string, command: string): Promise<Identity> {
  const { apiRoot: root } = (await readChannel(cli, 'discord')) ?? {};
  const apiRoot = typeof root === 'string' ? root : undefined;
  try {
    const access = await openApi({
      token,
      apiRoot,
      find: (library) => folderOf(cli, 'discord', library),
    });
    return await identify(access, AbortSignal.timeout(TIMEOUT_MS));
  } catch (thrown) {
    if (thrown instanceof AtomError) throw thrown;
    const { kind, words } = troubleOf(thrown, token);
    throw uncheckedError(WHY[kind], words, {
      what: 'The token',
      command,
      renew: 'Copy it again from the Developer Portal, under Bot',
    });
  }
}
