import { lifetimeWords, offerLine } from '../../domain/standing-approval.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { chooseOffer, proofFor, type StandWish } from './choose-offer.ts';

/** Lets what an approval of the record offered pass from now on: an act of trust. */
export async function allowFromNowOn(cli: Cli, ref: string, wish: StandWish): Promise<void> {
  const { lifetime } = wish;
  await withGateway(cli, false, async (gateway) => {
    const { approval } = await gateway.request('approvals.show', { ref });
    const offer = await chooseOffer(cli, approval.card, wish);
    const code = await proofFor(cli, await gateway.request('rules.list', {}), wish);
    const { given } = await gateway.request('standing.give', {
      ref: approval.id,
      offer,
      lifetime,
      ...code,
    });
    if (cli.out.json) return cli.out.object({ given });
    cli.out.data(`Allowed for ${lifetimeWords[lifetime]} as ${given.id}: ${offerLine(given)}`);
    cli.out.hint(`Undo:   atom rules remove ${given.id}`);
  });
}
