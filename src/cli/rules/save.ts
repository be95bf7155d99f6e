import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { readConfig, readRaw, writeRaw } from '../../config/file.ts';
import type { Rule } from '../../domain/rule.ts';
import { loosened } from '../../governance/rules/loosened.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';

/** The rules of the configuration file. */
export const readRules = async ({ paths }: Cli): Promise<readonly Rule[]> =>
  (await readConfig(paths)).rules;

/**
 * Writes all rules to the configuration file and has a gateway that runs hold to them. Fewer or milder
 * ones need a code there, where a second factor is enrolled. What is refused changes nothing.
 */
export async function saveRules(
  cli: Cli,
  rules: readonly Rule[],
  { totpStdin }: { readonly totpStdin: boolean },
): Promise<void> {
  const before = (await readRaw(cli.paths)) ?? {};
  const next = { ...before, rules: rules as unknown as Json };
  const checked = checkConfig(next);
  if (!checked.ok) throw refused(checked.problems.map(({ message }) => message));
  if ((await whoRuns(cli)) === undefined) return await writeRaw(cli.paths, next);
  const code = await codeFor(cli, rules, totpStdin);
  await writeRaw(cli.paths, next);
  try {
    await withGateway(cli, false, (gateway) => gateway.request('rules.reload', code));
  } catch (thrown) {
    await writeRaw(cli.paths, before);
    throw thrown;
  }
}

/** What holds in the gateway counts, not what the file said: that may have been changed meanwhile. */
async function codeFor(
  cli: Cli,
  next: readonly Rule[],
  totpStdin: boolean,
): Promise<{ readonly code?: string }> {
  const known = await withGateway(cli, false, (gateway) => gateway.request('rules.list', {}));
  const needed = known.secondFactor && loosened(known.rules, next).length > 0;
  return needed ? { code: await askCode(cli, totpStdin) } : {};
}

const refused = (messages: readonly string[]): AtomError =>
  new AtomError('usage', messages.join('; '), {
    next: ['How it is written:   atom rules add --help', 'See the rules:   atom rules list'],
  });
