import { AtomError } from '../../base/errors.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readRaw, writeRaw } from '../../config/file.ts';
import { writtenJail } from '../../config/jail-schema.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { namesake, widened, wideningWords } from '../../domain/jail-widening.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { isEnrolled } from '../second-factor/offline.ts';

/**
 * Writes the jails to the configuration file and has a gateway that runs use them. Wider ones need a
 * code where there is a second factor, and so a gateway that checks it. What is refused changes nothing.
 */
export async function saveJails(
  cli: Cli,
  jails: readonly JailSpec[],
  { totpStdin }: { readonly totpStdin: boolean },
): Promise<void> {
  const before = (await readRaw(cli.paths)) ?? {};
  const raw = { ...before, jails: jails.map(writtenJail) };
  const known = jailsOf(before);
  checkNames(raw);
  if ((await whoRuns(cli)) === undefined) {
    await refuseWidening(cli, known, jails);
    return await writeRaw(cli.paths, raw);
  }
  const code = await codeFor(cli, jails, totpStdin);
  await writeRaw(cli.paths, raw);
  try {
    await withGateway(cli, false, (gateway) => gateway.request('jails.reload', code));
  } catch (refused) {
    await writeRaw(cli.paths, before);
    throw refused;
  }
}

/**
 * Refuses to let commands do more where there is a second factor: only a gateway can check a code.
 * AtomError `credentials`.
 */
export async function refuseWidening(
  cli: Cli,
  known: readonly JailSpec[],
  next: readonly JailSpec[],
): Promise<void> {
  if (widened(known, next).length === 0 || !(await isEnrolled(cli))) return;
  throw new AtomError(
    'credentials',
    'Letting commands do more needs a code of the second factor, which a running gateway checks.',
    {
      next: [
        'Start atom first, where it does not run:   atom start',
        'Then:   atom jails add <folder>   or   atom jails set <name>',
      ],
    },
  );
}

/** The jails that a file names, whatever else is wrong with it; none where they make no sense. */
export function jailsOf(raw: RawConfig): readonly JailSpec[] {
  const checked = checkConfig({ version: 1, jails: raw.jails ?? [] });
  return checked.ok ? checked.config.jails : [];
}

/**
 * A code, where these jails need one, after it was said what for. What the gateway uses counts, not what
 * the file says: that may have been changed meanwhile.
 */
export async function codeFor(
  cli: Cli,
  next: readonly JailSpec[],
  totpStdin: boolean,
): Promise<{ readonly code?: string }> {
  const [known, enrolled] = await withGateway(cli, false, async (gateway) => [
    (await gateway.request('jails.list', {})).jails,
    (await gateway.request('factor.status', {})).enrolled,
  ]);
  const more = widened(known, next);
  if (!enrolled || more.length === 0) return {};
  for (const jail of more) {
    const words = wideningWords(namesake(known, jail), jail).join(', ');
    cli.out.say(`This lets commands in ${jail.name} ${words}.`);
  }
  return { code: await askCode(cli, totpStdin) };
}

function checkNames(raw: RawConfig): void {
  const checked = checkConfig(raw);
  if (checked.ok) return;
  const isName = checked.problems.some(({ key }) => key.endsWith('.name'));
  throw new AtomError('usage', checked.problems.map(({ message }) => message).join('; '), {
    next: [isName ? 'Give a short name:   --name work' : 'See what can be said:   atom help jails'],
  });
}
