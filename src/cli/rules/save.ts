import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readConfig, readRaw, writeRaw } from '../../config/file.ts';
import type { Rule } from '../../domain/rule.ts';
import { loosened } from '../../governance/rules/loosened.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { isEnrolled } from '../second-factor/offline.ts';

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
  if ((await whoRuns(cli)) === undefined) {
    await refuseLoosening(cli, before, next);
    return await writeRaw(cli.paths, next);
  }
  const code = await codeFor(cli, rules, totpStdin);
  await writeRaw(cli.paths, next);
  try {
    await withGateway(cli, false, (gateway) => gateway.request('rules.reload', code));
  } catch (thrown) {
    await writeRaw(cli.paths, before);
    throw thrown;
  }
}

/**
 * Refuses fewer or milder rules where there is a second factor: only a gateway can check a code.
 * AtomError `credentials`.
 */
export async function refuseLoosening(cli: Cli, before: RawConfig, next: RawConfig): Promise<void> {
  const gone = loosened(rulesOf(before), rulesOf(next));
  if (gone.length === 0 || !(await isEnrolled(cli))) return;
  throw new AtomError(
    'credentials',
    `Without the rule ${gone[0]?.name} more could pass: that needs a code of the second factor, which a running gateway checks.`,
    {
      next: [
        'Start atom first, where it does not run:   atom start',
        `Then:   atom rules remove ${gone[0]?.name}`,
      ],
    },
  );
}

/** The rules of a file, whatever else is wrong with it; none where they make no sense. */
function rulesOf(raw: RawConfig): readonly Rule[] {
  const checked = checkConfig({ version: 1, rules: raw.rules ?? [] });
  return checked.ok ? checked.config.rules : [];
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
