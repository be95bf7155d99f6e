import { readConfig } from '../../config/file.ts';
import { jailWords } from '../../domain/jail-words.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { codeFor } from './save.ts';

/**
 * Has the gateway use the jails as config.json has them now. Those that let commands do more than was
 * agreed to need a code where there is a second factor.
 */
export async function agreeJails(
  cli: Cli,
  { totpStdin }: { readonly totpStdin: boolean },
): Promise<void> {
  const { jails } = await readConfig(cli.paths);
  const code = await codeFor(cli, jails, totpStdin);
  const used = await withGateway(cli, false, (gateway) => gateway.request('jails.reload', code));
  if (cli.out.json) return cli.out.object(used);
  for (const jail of used.jails) cli.out.say(`In use: ${jailWords(jail)}`);
}
