import { resolve } from 'node:path';
import { visible } from '../../base/visible.ts';
import { findKept, quarantineIn } from '../../jail/quarantine/kept.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { absolute } from '../jails/folder.ts';

export interface RestoreWish {
  readonly id: string;
  readonly to?: string;
  /** The code of the second factor is on stdin. */
  readonly totpStdin: boolean;
}

/** Puts an entry back, after a yes, or a code where there is a second factor. */
export async function restoreQuarantine(cli: Cli, wish: RestoreWish): Promise<void> {
  const { id, totpStdin } = wish;
  const entry = findKept(quarantineIn(cli.paths), id);
  const to = wish.to === undefined ? {} : { to: resolve(absolute(cli.env, wish.to)) };
  const restored = await withGateway(cli, false, async (gateway) => {
    const { enrolled } = await gateway.request('factor.status', {});
    if (!cli.out.json)
      for (const { path, kind } of entry.items) cli.out.say(`  ${kind}  ${visible(path)}`);
    if (!enrolled)
      await sure(cli, {
        question: 'Other programs will run or trust this. Put it back?',
        otherwise: 'Nothing was put back.',
      });
    const code = enrolled ? { code: await askCode(cli, totpStdin) } : {};
    return (await gateway.request('quarantine.restore', { id, ...to, ...code })).restored;
  });
  if (cli.out.json) return cli.out.object({ restored });
  for (const path of restored) cli.out.data(visible(path));
  cli.out.say('Put back. From now on other programs run or trust it.');
}
