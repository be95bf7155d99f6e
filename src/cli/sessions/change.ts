import { newId } from '../../base/ids.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import { tellWaiting } from '../chat/chat.ts';
import { followTurn } from '../chat/follow.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import type { ShowWish } from './sessions.ts';

/** Says `/compact` in the session, as its owner, and waits for what comes of it. */
export async function compactSession(
  cli: Cli,
  session: string,
  { keep, about }: { readonly keep?: string; readonly about: string },
): Promise<void> {
  const text = keep === undefined ? `/compact ${about}`.trim() : `/compact keep ${keep}`;
  await withGateway(cli, true, async (gateway) => {
    const turn = followTurn(gateway, {
      onWaiting: (card) => tellWaiting(cli, card),
      onNotice: cli.out.warn,
    });
    const order = await gateway.request('chat.send', { text, session, key: newId() });
    const { replies } = await turn.ended(order, cli.flags.timeoutMs);
    const reply = replies.join('\n');
    if (cli.out.json) cli.out.object({ session, reply });
    else cli.out.raw(visibleBlock(reply));
  });
}

/** Removes what was said, after a yes. Throws AtomError `credentials` without the second factor. */
export async function removeSession(
  cli: Cli,
  wish: Omit<ShowWish, 'limit'> & { readonly totpStdin: boolean },
): Promise<void> {
  const { session, number, user } = wish;
  await withGateway(cli, false, async (gateway) => {
    const what =
      number === undefined
        ? `everything that was said in ${visible(session)}`
        : `conversation ${number} of ${visible(session)}`;
    await sure(cli, { question: `Remove ${what} for good?`, otherwise: 'Nothing was removed.' });
    const { enrolled } = await gateway.request('factor.status', {});
    const { removed } = await gateway.request('sessions.remove', {
      session,
      ...(number === undefined ? {} : { number }),
      ...(user === undefined ? {} : { user }),
      ...(enrolled ? { code: await askCode(cli, wish.totpStdin) } : {}),
    });
    if (cli.out.json) return cli.out.object({ session, removed });
    cli.out.data(`Removed ${removed} ${removed === 1 ? 'conversation' : 'conversations'}.`);
    cli.out.hint('What was done stays on the record, and messages in the queues for their days.');
  });
}
