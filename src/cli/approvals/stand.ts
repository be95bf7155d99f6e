import { systemClock } from '../../base/clock.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { chooseOffer, proofFor, type StandWish } from '../rules/choose-offer.ts';
import { refused } from './answer.ts';
import { cardText } from './card-text.ts';

/** Shows the card and its offers, lets one of them stand from now on, and this request run. */
export async function approveFromNowOn(cli: Cli, ref: string, wish: StandWish): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { approval } = await gateway.request('approvals.show', { ref });
    if (!cli.out.json)
      for (const line of cardText(approval.card, systemClock.now(), cli.out)) cli.out.say(line);
    const stand = await chooseOffer(cli, approval.card, wish);
    const code = await proofFor(cli, await gateway.request('rules.list', {}), wish);
    const answer = await gateway.request('approvals.answer', {
      ref: approval.id,
      verdict: 'approve',
      stand,
      lifetime: wish.lifetime,
      ...code,
    });
    const { ok, reason, message, given } = answer;
    if (!ok || !given) throw refused(message, reason);
    if (cli.out.json) return cli.out.object({ message, given, approval: answer.approval });
    cli.out.data(message);
    cli.out.hint(`Undo:   atom rules remove ${given.id}`);
  });
}
