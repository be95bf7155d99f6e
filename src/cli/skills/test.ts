import { exitCodes } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { PATIENT, withShelf } from './shelf.ts';

/** Tries a skill as its own tests say, in the jail that it has in life. Exits 1 where one fails. */
export async function testSkill(cli: Cli, id: string): Promise<number> {
  const { results } = await withShelf(cli, (gateway) =>
    gateway.request('skills.test', { id }, PATIENT),
  );
  const failed = results.filter(({ ok }) => !ok).length;
  if (cli.out.json) cli.out.object({ skill: id, ok: failed === 0, results });
  else {
    const { good, bad, marks } = cli.out.style;
    for (const { name, ok, why } of results)
      cli.out.data(
        ok
          ? `${good(marks.yes)} ${visible(name)}`
          : `${bad(marks.no)} ${visible(name)}: ${visible(why ?? '')}`,
      );
    cli.out.say(
      failed === 0 ? `All ${results.length} hold.` : `${failed} of ${results.length} fail.`,
    );
  }
  return failed === 0 ? 0 : exitCodes.failed;
}
