import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import { START_ANEW } from '../../base/hint.ts';
import type { Methods } from '../kernel.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';

/** Opens a channel anew, so that a token that was mended counts without a restart. */
export const reopenMethods = (
  { channels }: Atom,
  webhooks: Pick<Webhooks, 'settle'>,
): Pick<Methods, 'channels.reopen'> => ({
  'channels.reopen': async ({ channel }) => {
    if ((await channels.reopen(channel)) === undefined)
      throw new AtomError('not-found', `No platform named ${channel} was set up at the start.`, {
        next: ['What is there:   atom channels list', `Set up since:   ${START_ANEW}`],
      });
    // One that could not be opened before may be the first that takes webhooks.
    await webhooks.settle();
    return { channel };
  },
});
