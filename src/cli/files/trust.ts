import { visible } from '../../base/visible.ts';
import type { TrustPlan } from '../../domain/taint.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { absolute } from '../jails/folder.ts';
import { table } from '../out/table.ts';
import { rowOf } from './tainted.ts';

/** Shows what would be trusted, asks, and lifts exactly that. Needs a running gateway, which decides. */
export async function trustFiles(
  cli: Cli,
  named: readonly string[],
  { totpStdin }: { readonly totpStdin: boolean },
): Promise<void> {
  const paths = named.map((path) => absolute(cli.env, path));
  await withGateway(cli, false, async (gateway) => {
    const { plan } = await gateway.request('files.show', { paths });
    show(cli, plan);
    await sure(cli, {
      question: 'Did you look at it, and trust it?',
      otherwise: 'Nothing was trusted.',
    });
    const { enrolled } = await gateway.request('factor.status', {});
    const code = enrolled ? { code: await askCode(cli, totpStdin) } : {};
    const order = { paths: [...plan.paths], plan: plan.digest, ...code };
    const { lifted } = await gateway.request('files.trust', order);
    if (cli.out.json) return cli.out.object({ lifted });
    cli.out.data(`Trusted: ${lifted.map(visible).join(', ')}`);
  });
}

function show(cli: Cli, { lifts }: TrustPlan): void {
  cli.out.say('From now on what is written there counts as your own words:');
  for (const line of table(lifts.map(rowOf))) cli.out.say(`  ${line}`);
  if (lifts.some(({ secret }) => secret)) cli.out.say('What is private stays so.');
}
